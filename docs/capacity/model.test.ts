import { describe, expect, it } from 'vitest';
import { synthesized } from '../../infra/testing/synth.ts';
import { billOf } from '../cost/bill.ts';
import type { Counts, FunctionCounts } from '../cost/counts.ts';
import { hotLimitsOf, limitsOf, planOf } from './model.ts';
import { batchMessages, consumersAtOnce } from './quotas.ts';
import { capacityPage, planText } from './text.ts';

/** What two payments took together: one request, 1.5 s of functions and 20 write units each. */
const counts: Counts = {
  payments: 2,
  api_requests: 2,
  functions: {
    'payments-submit': {
      invocations: 2,
      emulator_ms: 9_000,
      cpu_ms: 3_000,
      aws_calls: 0,
      outside_calls: 0,
      memory_mb: 2_048,
      log_bytes: 0,
      log_lines: 0,
      read_units: 0,
      write_units: 40,
    },
  },
  tables: {
    payments: {
      read_units: 0,
      write_units: 40,
      index_write_units: {},
      partitions: { PAYMENT: { writes: 2, reads: 0, write_units: 40 } },
    },
    payment_list: {
      read_units: 0,
      write_units: 8,
      index_write_units: {},
      partitions: { TENANT: { writes: 2, reads: 0, write_units: 8 } },
    },
  },
  machines: {
    payment: { executions: 2, transitions: 8, billed_ms: 400, log_bytes: 0, log_lines: 0 },
  },
  events: 6,
  event_bytes: 600,
  queues: {},
  kms_requests: 0,
  trace_roots: 0,
  stored_bytes: 0,
};

const of = (type: 'STANDARD' | 'EXPRESS', what: RegExp) =>
  limitsOf(counts, type).find(({ quota }) => what.test(quota.what))?.paymentsPerSecond;

describe('the capacity model', () => {
  it('divides each quota by what a payment takes of it', () => {
    expect(of('EXPRESS', /^executions at once/)).toBeCloseTo(1_000 / 1.5);
    expect(of('EXPRESS', /^write units of payments/)).toBe(2_000);
    expect(of('EXPRESS', /^requests of the account/)).toBe(10_000);
    expect(of('STANDARD', /^state transitions/)).toBe(1_250);
    expect(of('STANDARD', /^PutEvents/)).toBeCloseTo(10_000 / 3);
  });

  it('has the messages of a batch wait together, and be worked on one after the other', () => {
    const submit = counts.functions['payments-submit'];
    const consumer = { ...submit, invocations: 3, cpu_ms: 6, aws_calls: 9, outside_calls: 0 };
    const limits = limitsOf(
      {
        ...counts,
        functions: { list: consumer as FunctionCounts },
        queues: { list: { messages: 6, batches: 3 } },
      },
      'EXPRESS',
    );
    // A message is 1 ms of the processor and 15 ms of waits, so a batch of ten is 25 ms, and there are ten.
    const batch = limits.find(({ quota }) => /^list, batches/.test(quota.what));
    expect(batch?.paymentsPerSecond).toBeCloseTo((10 * 10) / 0.025 / 3);
  });

  it('knows which quotas are of which type of machine', () => {
    expect(of('EXPRESS', /STANDARD/)).toBeUndefined();
    expect(of('STANDARD', /EXPRESS/)).toBeUndefined();
    expect([of('STANDARD', /^StartExecution/), of('EXPRESS', /^StartExecution/)]).toEqual([
      300, 6_000,
    ]);
  });

  it('names the first limit first, and nothing that a payment takes nothing of', () => {
    const limits = limitsOf(counts, 'STANDARD');
    const each = limits.map(({ paymentsPerSecond }) => paymentsPerSecond);
    expect(each).toEqual([...each].sort((a, b) => a - b));
    expect(limits[0]?.quota.service).toBe('PSP');
    expect(limits.some(({ quota }) => /^read units/.test(quota.what))).toBe(false);
  });

  it('says what one tenant can take: the key that its payments share', () => {
    expect(hotLimitsOf(counts)).toMatchObject([
      { hot: { key: 'payment_list/TENANT', of: 'tenant' }, perPayment: 4, paymentsPerSecond: 250 },
    ]);
  });

  it('says of a rate what is not enough, how much is, and what it costs', () => {
    const plan = planOf(counts, 1_000, 'STANDARD');
    const lambda = plan.exceeded.find(({ quota }) => quota.what === 'executions at once');
    expect(lambda?.needed).toBeCloseTo(1_500);
    expect(plan.hot).toHaveLength(1);
    expect(plan.exceeded.every(({ paymentsPerSecond }) => paymentsPerSecond < 1_000)).toBe(true);
    const nanoDollars = billOf(counts, 'STANDARD').total;
    const payments = 1_000 * 30 * 24 * 3_600;
    expect(plan.dollarsPerMonth).toBe(Math.ceil((Number(nanoDollars) / 1e15) * payments));
    expect(planOf(counts, 1, 'STANDARD')).toMatchObject({ exceeded: [], hot: [] });
  });

  it('tells it in words', () => {
    expect(planText(planOf(counts, 1, 'EXPRESS'))).toContain('No default stands in the way.');
    expect(planText(planOf(counts, 1_000, 'EXPRESS'))).toMatch(
      /The first limit is calls of stripe \(PSP\), at 90 a second\./,
    );
    expect(capacityPage(counts).match(/^### /gm)).toHaveLength(6);
  });
});

describe('what the model takes from the stacks', () => {
  it('is what they deploy: so many batches of so many messages at once', () => {
    const mappings = synthesized('prod')
      .resources('AWS::Lambda::EventSourceMapping')
      .filter(({ Properties }) => Properties.ScalingConfig !== undefined);
    expect(mappings.length).toBeGreaterThan(2);
    for (const { Properties } of mappings) {
      expect(Properties.BatchSize).toBeLessThanOrEqual(batchMessages);
    }
    const atOnce = mappings.map(({ Properties }) => Properties.ScalingConfig.MaximumConcurrency);
    expect(atOnce).toContain(consumersAtOnce);
  });
});
