import { describe, expect, it } from 'vitest';
import { operationId } from '../../../shared/domain/ids.ts';
import type { Evidence } from './evidence.ts';
import { judge } from './invariants.ts';
import { soundEvidence, storedAfter, theCharge } from './testing/sound.ts';

/** The numbers of the invariants that do not hold. */
const broken = (changed: Partial<Evidence>) =>
  judge(soundEvidence(changed))
    .filter(({ violations }) => violations.length > 0)
    .map(({ number }) => number);

describe('invariant 9', () => {
  const call = (operation_id: string, at: number) => ({
    time: new Date(at).toISOString(),
    function: 'providers-charge',
    method: 'POST',
    path: '/charges',
    operation_id,
  });
  const checked = (payment: ReturnType<typeof storedAfter>, changed: Partial<Evidence> = {}) =>
    broken({ payments: [payment], ...changed }).includes(9);
  const unknown = storedAfter('reserved', 'unknownCharge');
  const unknownSince = Date.parse(unknown.events.at(-1)?.time ?? '');

  it('is kept by an outcome that is asked for, and concluded', () => {
    expect(checked(unknown)).toBe(false);
    expect(checked(storedAfter('reserved', 'unknownCharge', 'captured'))).toBe(false);
    expect(
      checked(storedAfter('reserved', 'unknownCharge', 'declined', 'released', 'failed')),
    ).toBe(false);
  });

  it('is broken by a call before the conclusion, of the charge or of what undoes it', () => {
    expect(checked(unknown, { calls: [call(theCharge, unknownSince - 1)] })).toBe(false);
    expect(checked(unknown, { calls: [call(theCharge, unknownSince + 1)] })).toBe(true);
    const reversal = operationId(unknown.id, 'reverse');
    expect(checked(unknown, { calls: [call(reversal, unknownSince + 1)] })).toBe(true);
    expect(checked(unknown, { calls: [call('another', unknownSince + 1)] })).toBe(false);
  });

  it('is broken by a failure of what nobody knows', () => {
    const failed = storedAfter('reserved', 'declined', 'released', 'failed').events.slice(-1);
    const events = [...unknown.events, ...failed];
    expect(checked({ ...unknown, events })).toBe(true);
  });

  it('is broken by a no that was taken from a PSP which only had no record yet', () => {
    const concluded = storedAfter('reserved', 'unknownCharge', 'declined');
    const events = concluded.events.map((event) =>
      event.type === 'payment.charge_declined'
        ? { ...event, data: { ...event.data, code: 'not_processed' } }
        : event,
    );
    expect(checked({ ...concluded, events })).toBe(true);
    expect(checked({ ...concluded, events }, { terms: { settleWindowMs: 1, budgetMs: 1 } })).toBe(
      false,
    );
  });
});
