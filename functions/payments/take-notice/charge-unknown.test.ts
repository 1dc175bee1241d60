import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import {
  anUnknown,
  approvedAs,
  inquiredPsp,
  settleWindowMs,
  type UnknownName,
} from '../../../test/support/payments/unknowns.ts';
import { aResultNotice, type Told } from '../../../test/support/result-notices.ts';
import { chargeTerms } from '../../../test/support/sagas/charge-terms.ts';
import { takeResult } from './charge.ts';

async function aTold(what: UnknownName, answers: Parameters<typeof inquiredPsp>[0]) {
  const unknown = await anUnknown(what);
  const { providers, asked } = inquiredPsp(answers);
  const take = takeResult({ ...unknown.deps, ...chargeTerms, settleWindowMs, providers });
  const about = what.includes('charge') ? 'charge' : 'reverse';
  return {
    ...unknown,
    asked,
    tell: (told: Told, data = {}) =>
      take(aResultNotice(about, told, unknown.id, { operation_id: unknown.operationId, ...data })),
  };
}

describe('a notice of what is unknown', () => {
  it.each<[UnknownName, Parameters<typeof inquiredPsp>[0][number], readonly string[]]>([
    ['charge', approvedAs(), ['captured']],
    ['manual charge', approvedAs({ captured: false }), ['authorized']],
    ['charge', approvedAs({ amountMinor: 1 }), ['charge_mismatched', 'resumed']],
    ['charge', { kind: 'declined', code: 'c', message: 'm' }, ['charge_declined', 'resumed']],
    ['reverse', { kind: 'done' }, ['charge_reversed', 'resumed']],
    ['capture', { kind: 'done' }, ['captured']],
    [
      'refund',
      { kind: 'declined', code: 'c', message: 'm' },
      ['operation_declined', 'refund_resumed'],
    ],
  ])(
    'has the PSP asked, and that is what counts, whatever it said: %s, %j',
    async (what, answer, expected) => {
      for (const told of ['effect', 'none'] as const) {
        const { tell, asked, since } = await aTold(what, [answer]);
        await tell(told);
        expect(asked).toHaveLength(1);
        expect(await since()).toEqual(expected);
      }
    },
  );

  it.each([{ kind: 'not_found' }, { kind: 'unavailable', reason: 'no answer' }] as const)(
    'changes nothing while the PSP is no surer: %j',
    async (answer) => {
      const { tell, since, asked } = await aTold('charge', [answer]);
      await tell('effect');
      await tell('none');
      expect([await since(), asked.length]).toEqual([[], 2]);
    },
  );

  it('takes the PSP’s ignorance for a no once nothing can arrive any more', async () => {
    const { tell, since, pass } = await aTold('charge', [{ kind: 'not_found' }]);
    pass(settleWindowMs);
    await tell('none');
    expect(await since()).toEqual(['charge_declined', 'resumed']);
  });

  it('is not outweighed by a PSP that does not find what it says that it did', async () => {
    const { tell, since, pass } = await aTold('charge', [{ kind: 'not_found' }]);
    pass(10 * settleWindowMs);
    await tell('effect');
    expect(await since()).toEqual([]);
  });

  it('is received again when it is parked and the PSP is no surer', async () => {
    const { tell, since, write, operationId } = await aTold('charge', [{ kind: 'not_found' }]);
    await write({
      type: 'payment.parked',
      facts: { operation_id: operationId, operation: 'charge', reason: 'nobody says' },
    });
    await expect(tell('effect')).rejects.toThrow('no surer');
    expect(await since()).toEqual(['parked']);
  });

  it('is heard when it waits for a person already', async () => {
    const { tell, since, write, operationId, load } = await aTold('capture', [{ kind: 'done' }]);
    await write({
      type: 'payment.parked',
      facts: { operation_id: operationId, operation: 'capture', reason: 'nobody says' },
    });
    await tell('effect');
    expect(await since()).toEqual(['parked', 'captured']);
    expect((await load()).operations).toMatchObject([{ parked: null, unknown: null }]);
  });

  it('is asked for once more when it comes again, and not once it is known', async () => {
    const { tell, asked, since } = await aTold('charge', [
      { kind: 'not_found' },
      approvedAs({ providerReference: 'ch_1' }),
    ]);
    await tell('effect');
    await tell('effect');
    await tell('effect');
    expect([asked.length, await since()]).toEqual([2, ['captured']]);
  });

  it('is recorded once when two notices of it come at once', async () => {
    const { tell, since } = await aTold('charge', [approvedAs()]);
    await Promise.all([tell('effect'), tell('effect'), tell('none')]);
    expect(await since()).toEqual(['captured']);
  });

  it('is for a person when others recorded something else while the PSP was asked', async () => {
    const told = await aTold('charge', [
      async () => {
        await told.write(facts.declined);
        return approvedAs();
      },
    ]);
    await expect(told.tell('effect')).rejects.toThrow('declined (lost_card): undo it at the PSP');
    expect(await told.since()).toEqual(['charge_declined']);
  });

  it('is nothing when others recorded the same while the PSP was asked', async () => {
    const told = await aTold('charge', [
      async () => {
        await told.write(facts.captured);
        return approvedAs({ providerReference: 'ch_1' });
      },
    ]);
    await told.tell('effect');
    expect(await told.since()).toEqual(['captured']);
  });
});
