import { expect, it } from 'vitest';
import type { Counts } from '../../../docs/cost/counts.ts';
import { leastOf, medianOf } from './combine.ts';
import { transitionsOf } from './executions.ts';

function counts(cpu_ms: number, access: number | null, requests = 1): Counts {
  const table = { write_units: 0, index_write_units: {}, partitions: {} };
  return {
    payments: 1,
    api_requests: requests,
    functions: {
      submit: {
        invocations: 1,
        emulator_ms: 10 * cpu_ms,
        cpu_ms,
        aws_calls: 2,
        outside_calls: 0,
        memory_mb: 512,
        log_bytes: 200,
        log_lines: 1,
        read_units: 0,
        write_units: 4,
      },
    },
    tables: access === null ? {} : { access: { ...table, read_units: access } },
    machines: {},
    events: 3,
    event_bytes: 900,
    queues: {},
    kms_requests: 0,
    trace_roots: 1,
    stored_bytes: 0,
  };
}

it('takes of several payments the median, so that one with a cold cache counts for nothing', () => {
  const median = medianOf([counts(5, 2), counts(7, null), counts(6, null)]);
  expect(median.tables).toEqual({});
  expect(medianOf([counts(5, 2), counts(7, 1), counts(6, null)]).tables.access?.read_units).toBe(1);
});

it('takes the lower one of two', () => {
  expect(medianOf([counts(5, null, 4), counts(7, null, 2)]).api_requests).toBe(2);
});

it('takes of times the least', () => {
  const all = [counts(9, null), counts(5, null), counts(7, null)];
  expect(leastOf(medianOf(all), all).functions.submit).toMatchObject({
    cpu_ms: 5,
    emulator_ms: 50,
    invocations: 1,
  });
});

it('counts the states that are entered, each further try, and the way out of the start', () => {
  const task = [
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
  ];
  expect(transitionsOf(['ExecutionStarted', ...task, ...task, 'ExecutionSucceeded'])).toBe(3);
  const retried = [
    'TaskStateEntered',
    'TaskScheduled',
    'TaskFailed',
    'TaskScheduled',
    'TaskSucceeded',
  ];
  expect(transitionsOf(['ExecutionStarted', ...retried, 'FailStateEntered'])).toBe(4);
});
