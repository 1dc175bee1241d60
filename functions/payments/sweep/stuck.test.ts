import { describe, expect, it, vi } from 'vitest';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { operationId, requestedId } from '../../../shared/domain/ids.ts';
import { maxResumes } from '../../../shared/domain/payment/recovery/sweep.ts';
import { metrics } from '../../../shared/runtime/observability.ts';
import {
  authorizedFacts,
  reservedFacts,
  sweepTerms,
  swept,
  sweptPayments,
  unknownFacts,
} from '../../../test/support/payments/swept.ts';

const dayMs = 24 * 3_600_000;
/** In days. */
const stuckAfter = sweepTerms.stuckAfterMs / dayMs;
const inquiryEnds = 25 / 24;
/** The facts were written within so many days. */
const moment = 1_000 / dayMs;

const captureOf = (id: string) => requestedId(id, 'capture', 'k');
const capturing = (id: string): PaymentFact[] => [
  ...authorizedFacts(id),
  {
    type: 'payment.capture_requested',
    facts: { operation_id: captureOf(id), amount: 4_000, final: false, request_hash: 'h' },
  },
  { type: 'payment.operation_started', facts: { operation_id: captureOf(id), execution: 'e2' } },
];

describe('the sweep of sagas that died', () => {
  it.each([
    ['a payment that nothing has begun', () => [], 'resumed'],
    ['a payment that is held', reservedFacts, 'resumed'],
    ['a capture', capturing, 'capture_resumed'],
  ] as const)('begins anew %s, when its time is over, and once', async (_name, factsOf, type) => {
    const { sweep, typesOf, first } = await sweptPayments(1, factsOf);
    expect(await sweep(stuckAfter / 2)).toEqual(swept({ skipped: 1 }));
    const counted = vi.spyOn(metrics, 'addMetric');
    const at = stuckAfter + moment;
    expect(await sweep(at)).toEqual(swept({ resumed: 1 }));
    expect(counted.mock.calls).toEqual([['SagaResumed', 'Count', 1]]);
    counted.mockRestore();
    expect(await sweep(at + stuckAfter / 2)).toEqual(swept({ skipped: 1 }));
    expect(await typesOf(first)).toEqual([type]);
  });

  it('does not even look at what has had less than a minute', async () => {
    const { sweep, store } = await sweptPayments(1, reservedFacts);
    const load = vi.spyOn(store, 'load');
    expect(await sweep(0.0005)).toEqual(swept());
    expect(load).not.toHaveBeenCalled();
  });

  it('does each once, when two runs come at once', async () => {
    const { sweep, ids, typesOf } = await sweptPayments(12, reservedFacts);
    const both = await Promise.all([sweep(1), sweep(1)]);
    expect(both[0].resumed + both[1].resumed).toBe(12);
    for (const id of ids) {
      expect(await typesOf(id)).toEqual(['resumed']);
    }
  });

  it('does not begin anew what ended beside it', async () => {
    const payments = await sweptPayments(1, reservedFacts, (store) => ({
      append: async (change) => {
        if (change.event.type === 'payment.resumed') {
          await payments.write(payments.first, ...authorizedFacts(payments.first).slice(1));
        }
        return store.append(change);
      },
    }));
    expect(await payments.sweep(1)).toEqual(swept({ skipped: 1 }));
    expect(await payments.typesOf(payments.first)).toEqual(['authorized']);
  });

  it('parks what was begun anew so often in vain, and then leaves it to a person', async () => {
    const { sweep, store, typesOf, first } = await sweptPayments(1, reservedFacts);
    for (let day = 1; day <= maxResumes; day++) {
      expect(await sweep(day)).toEqual(swept({ resumed: 1 }));
    }
    expect(await sweep(maxResumes + 1)).toEqual(swept({ parked: 1 }));
    expect(await sweep(100)).toEqual(swept());
    expect(await typesOf(first)).toEqual([...Array(maxResumes).fill('resumed'), 'parked']);
    expect((await store.load(first))?.parked).toMatchObject({
      operation: 'charge',
      operationId: operationId(first, 'charge'),
      reason: `the saga did not come to an end, begun anew ${maxResumes} times`,
    });
    expect((await store.parked({ tenant: null, limit: 10, after: null })).ids).toEqual([first]);
  });

  it('leaves alone what has come to its end', async () => {
    const { sweep, store } = await sweptPayments(1, (id) => [
      { type: 'payment.failed', facts: { code: 'c', message: 'm' } },
      ...(id === '' ? reservedFacts(id) : []),
    ]);
    expect(await sweep(100)).toEqual(swept());
    expect(store.allEvents).toHaveLength(2);
  });
});

describe('the sweep of unknown outcomes', () => {
  it('leaves them to their inquiry, and parks those that it left', async () => {
    const { sweep, typesOf, first, store } = await sweptPayments(1, unknownFacts);
    expect(await sweep(inquiryEnds - moment)).toEqual(swept());
    const counted = vi.spyOn(metrics, 'addMetric');
    expect(await sweep(inquiryEnds + moment)).toEqual(swept({ parked: 1 }));
    expect(counted.mock.calls).toContainEqual(['OutcomeParked', 'Count', 1]);
    counted.mockRestore();
    expect(await sweep(100)).toEqual(swept());
    expect(await typesOf(first)).toEqual(['parked']);
    expect(await store.load(first)).toMatchObject({
      unknown: { operation: 'charge' },
      hold: { state: 'pending' },
      parked: { reason: 'the inquiry ended without a conclusion' },
    });
  });

  it('sees to every kind of payment in one run', async () => {
    const kinds = [reservedFacts, unknownFacts, authorizedFacts, capturing];
    let index = 0;
    const { sweep } = await sweptPayments(40, (id) => (kinds[index++ % 4] ?? reservedFacts)(id));
    expect(await sweep(8)).toEqual(swept({ resumed: 20, parked: 10, expired: 10 }));
  });
});
