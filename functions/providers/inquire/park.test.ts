import { describe, expect, it, vi } from 'vitest';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { parkedOf } from '../../../shared/domain/payment/recovery/parked.ts';
import type { Inquiry } from '../../../shared/ports/provider.ts';
import { metrics } from '../../../shared/runtime/observability.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import {
  anInquiry,
  anUnknown,
  approvedAs,
  schedule,
  settleWindowMs,
  unknownNames,
} from '../../../test/support/payments/unknowns.ts';

const done: Inquiry = { kind: 'done' };
const declined: Inquiry = { kind: 'declined', code: 'lost_card', message: 'No.' };
const notFound: Inquiry = { kind: 'not_found' };
const unavailable: Inquiry = { kind: 'unavailable', reason: 'no answer' };
const still = { name: 'StillUnknown' };
const lastAsk = schedule.waitsMs.length - 1;

describe('an inquiry at the end of its schedule', () => {
  it.each(unknownNames)('parks a %s that is still unknown, for a person', async (what) => {
    const { run, since, load, open, operationId, postings } = await anInquiry(what, [unavailable]);
    await expect(run(lastAsk - 1)).rejects.toMatchObject(still);
    expect(await since()).toEqual([]);
    const counted = vi.spyOn(metrics, 'addMetric');
    await run(lastAsk);
    expect(counted.mock.calls).toEqual([['OutcomeParked', 'Count', 1]]);
    counted.mockRestore();
    expect(await since()).toEqual(['parked']);
    expect(parkedOf(await load())).toMatchObject([
      {
        operationId,
        operation: open.operation,
        unknown: true,
        reason: 'asked 3 times: no answer',
        resolution: null,
      },
    ]);
    expect(postings()).toEqual([]);
  });

  it('parks it once, however often it comes to that, and whoever parked it before', async () => {
    const { run, since } = await anInquiry('refund', [unavailable]);
    await Promise.all([run(lastAsk), run(lastAsk)]);
    await run(lastAsk + 5);
    expect(await since()).toEqual(['parked']);
    const { run: again, since: sinceThen, write } = await anInquiry('charge', [unavailable]);
    await write(facts.parkedCharge);
    await again(lastAsk);
    expect(await sinceThen()).toEqual(['parked']);
  });

  it('parks past the end as well: a task that failed at its last time is asked once more', async () => {
    const { run, since } = await anInquiry('charge', [unavailable]);
    await run(lastAsk + 1);
    expect(await since()).toEqual(['parked']);
  });

  it('parks nothing that it hears of at last', async () => {
    const { run, since, pass } = await anInquiry('charge', [notFound]);
    pass(settleWindowMs);
    await run(lastAsk);
    expect(await since()).toEqual(['charge_declined', 'resumed']);
  });

  it('lets what was parked go on when it hears of it after all', async () => {
    const { run, since, load, write } = await anInquiry('refund', [declined]);
    await write(facts.refundParked);
    await run();
    expect(await since()).toEqual(['parked', 'operation_declined', 'refund_resumed']);
    expect(parkedOf(await load())).toEqual([]);
  });
});

describe('an inquiry beside others', () => {
  it.each([
    ['known', facts.declined, ['charge_declined']],
    ['captured', facts.captured, ['captured']],
  ] as const)(
    'leaves as it is what became %s while the PSP was asked',
    async (_n, fact, events) => {
      const unknown = await anUnknown('charge');
      const meanwhile = async () => {
        await unknown.write(fact as PaymentFact);
        return approvedAs();
      };
      const { run, since } = await anInquiry('charge', [meanwhile], unknown);
      await run();
      expect(await since()).toEqual(events);
    },
  );

  it('parks nothing that became known while the PSP did not answer', async () => {
    const unknown = await anUnknown('capture');
    const meanwhile = async (): Promise<Inquiry> => {
      await unknown.write(facts.capturedPart);
      return unavailable;
    };
    const { run, since } = await anInquiry('capture', [meanwhile], unknown);
    await run(lastAsk);
    expect(await since()).toEqual(['captured']);
  });

  it('begins the saga anew once, when two hear the same at once', async () => {
    const { run, since } = await anInquiry('charge', [declined]);
    await Promise.all([run(), run()]);
    expect(await since()).toEqual(['charge_declined', 'resumed']);
  });

  it('decides anew when another writer comes first', async () => {
    const unknown = await anUnknown('capture');
    const other = { ...facts.captureRequested.facts, operation_id: unknown.id, amount: 1 };
    let first = true;
    const append: typeof unknown.deps.append = async (change) => {
      if (first) {
        first = false;
        await unknown.write({ type: 'payment.capture_requested', facts: other });
      }
      return unknown.deps.append(change);
    };
    const deps = { ...unknown.deps, append };
    const { run, since } = await anInquiry('capture', [done], { ...unknown, deps });
    await run();
    expect(await since()).toEqual(['capture_requested', 'captured']);
  });

  it('is a fault when the payment is not in the store', async () => {
    const unknown = await anUnknown('charge');
    const deps = { ...unknown.deps, load: async () => null };
    const { run } = await anInquiry('charge', [done], { ...unknown, deps });
    await expect(run()).rejects.toThrow('is not in the store');
  });
});
