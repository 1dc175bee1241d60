import { describe, expect, it } from 'vitest';
import { billedMs, billOf, dollars, emulatorMs, logBytesOf, queueRequests } from './bill.ts';
import type { Counts, FunctionCounts } from './counts.ts';
import { prices } from './prices.ts';
import { markdownTable, textTable, togetherRows } from './tables.ts';

const submit: FunctionCounts = {
  invocations: 1,
  emulator_ms: 1_000,
  cpu_ms: 20,
  aws_calls: 3,
  outside_calls: 0,
  memory_mb: 1_769,
  log_bytes: 200,
  log_lines: 1,
  read_units: 0,
  write_units: 8,
};

const nothing: Counts = {
  payments: 1,
  api_requests: 0,
  functions: {},
  tables: {},
  machines: {},
  events: 0,
  event_bytes: 0,
  queues: {},
  kms_requests: 0,
  trace_roots: 0,
  stored_bytes: 0,
};

function servicesOf(
  counts: Partial<Counts>,
  type: 'STANDARD' | 'EXPRESS' = 'STANDARD',
): Record<string, string> {
  const { services, total } = billOf({ ...nothing, ...counts }, type);
  const some = Object.entries(services).filter(([, nano]) => nano > 0n);
  return {
    ...Object.fromEntries(some.map(([name, nano]) => [name, dollars(nano)])),
    total: dollars(total),
  };
}

describe('the bill of a million', () => {
  it('has nothing for nothing', () => {
    expect(servicesOf({})).toEqual({ total: '0.00' });
  });

  it('adds up what each service charges', () => {
    const tables = {
      payments: {
        read_units: 2.5,
        write_units: 8,
        index_write_units: { by_due: 2 },
        partitions: {},
      },
    };
    expect(servicesOf({ tables })).toEqual({ DynamoDB: '5.31', total: '5.31' });
    expect(servicesOf({ events: 3, event_bytes: 1_000 })).toEqual({
      EventBridge: '3.10',
      total: '3.10',
    });
    expect(servicesOf({ trace_roots: 4 })).toEqual({ 'X-Ray': '1.00', total: '1.00' });
    expect(servicesOf({ api_requests: 4, trace_roots: 4 })['X-Ray']).toBe('0.20');
    expect(servicesOf({ kms_requests: 2 })).toEqual({ KMS: '6.00', total: '6.00' });
  });

  it('bills an execution by its states, or by the start and its time', () => {
    const payment = { executions: 1, transitions: 4, billed_ms: 1_000, log_bytes: 0, log_lines: 0 };
    expect(servicesOf({ machines: { payment } })).toEqual({
      'Step Functions': '100.00',
      total: '100.00',
    });
    expect(servicesOf({ machines: { payment } }, 'EXPRESS')['Step Functions']).toBe('2.04');
    const inquiry = { machines: { 'resolve-payment': payment } };
    expect(servicesOf(inquiry, 'EXPRESS')['Step Functions'], 'is always STANDARD').toBe('100.00');
  });

  it('is of one payment, however many were counted', () => {
    const one = billOf({ ...nothing, api_requests: 1 }, 'STANDARD').total;
    expect(billOf({ ...nothing, payments: 20, api_requests: 20 }, 'STANDARD').total).toBe(one);
  });

  it('bills the time that a function is busy and waits, or all that the emulator took', () => {
    expect(billedMs(submit)).toBe(20 + 30);
    expect(billedMs({ ...submit, memory_mb: 885 })).toBe(40 + 30);
    expect(billedMs({ ...submit, outside_calls: 1 })).toBe(450);
    const counts = { ...nothing, functions: { submit } };
    const lambda = (msOf: typeof billedMs) => billOf(counts, 'STANDARD', msOf).services.Lambda;
    expect(dollars(lambda(billedMs))).toBe('1.35');
    expect(dollars(lambda(emulatorMs))).toBe('23.23');
  });

  it('adds to a log what API Gateway and CloudWatch add', () => {
    expect(logBytesOf({ ...nothing, functions: { submit } }, 'STANDARD')).toBe(200 + 26);
    expect(logBytesOf({ ...nothing, api_requests: 2 }, 'STANDARD')).toBe(2 * 326);
  });

  it('has each state of a machine in the log alone where there is no history', () => {
    const machine = { executions: 1, transitions: 4, billed_ms: 0, log_bytes: 900, log_lines: 10 };
    const of = (name: string, type: 'STANDARD' | 'EXPRESS') =>
      logBytesOf({ ...nothing, machines: { [name]: machine } }, type);
    expect(of('payment', 'EXPRESS')).toBe(900 + 260);
    expect(of('payment', 'STANDARD')).toBe(0);
    expect(of('resolve-payment', 'EXPRESS'), 'is always STANDARD').toBe(0);
  });
});

it.each([
  [{ messages: 3, batches: 3 }, 9],
  [{ messages: 3, batches: 1 }, 5],
  [{ messages: 20, batches: 2 }, 24],
])('a queue with %o is asked %i times', (queue, requests) => {
  expect(queueRequests(queue)).toBe(requests);
});

it.each([
  [0n, 2, '0.00'],
  [4_999_999n, 2, '0.00'],
  [5_000_000n, 2, '0.01'],
  [1_234_567_890_123n, 2, '1234.57'],
  [133_334n, 9, '0.000133334'],
] as const)('%i nano-dollars to %i digits are %s', (nano, digits, text) => {
  expect(dollars(nano, digits)).toBe(text);
});

it('has for each price the page that it is from', () => {
  for (const { source, nanoDollars, per } of Object.values(prices)) {
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z/-]+\/pricing\//);
    expect(nanoDollars > 0n && per > 0n).toBe(true);
  }
});

it('has many at once take no longer than one alone', () => {
  const machine = { executions: 1, transitions: 4, billed_ms: 500, log_bytes: 0, log_lines: 0 };
  const alone = { ...nothing, machines: { payment: machine } };
  const slower = { ...machine, executions: 10, billed_ms: 90_000 };
  const together = { ...nothing, payments: 10, machines: { payment: slower } };
  const row = togetherRows(alone, together).find(([what]) => what?.endsWith('EXPRESS'));
  expect(row?.[1]).toBe(row?.[2]);
});

it('writes tables with their numbers to the right', () => {
  const rows = [
    ['a', '1.50'],
    ['long', '10.00'],
  ];
  expect(markdownTable(['what', 'USD'], rows)).toBe(
    '| what | USD |\n|---|--:|\n| a | 1.50 |\n| long | 10.00 |',
  );
  expect(textTable(['what', 'USD'], rows)).toBe('what    USD\na      1.50\nlong  10.00');
});
