import { describe, expect, it } from 'vitest';
import { aPayout, type PayoutFactName, payoutFacts } from '../../../test/support/payouts.ts';
import { factOfWord, type PayoutWord, parkedOfPayout, WordRefused } from './parked.ts';

const unknown = ['reserved', 'sending', 'unknown', 'parked'] as const;
const stuck = ['reserved', 'sending', 'parked'] as const;

const said = { by: 'ada', reason: 'seen there' };
const tookEffect: PayoutWord = { ...said, outcome: 'took_effect', bankReference: 'bt_1' };
const noEffect: PayoutWord = {
  by: 'ada',
  reason: 'not there',
  outcome: 'no_effect',
  bankReference: null,
};
const resume: PayoutWord = { ...said, outcome: 'resume', bankReference: null };

async function factAfter(names: readonly PayoutFactName[], word: PayoutWord) {
  const { write } = await aPayout();
  return factOfWord(await write(...names), word);
}

describe('a parked payout', () => {
  it('says since when, why, and what is at risk', async () => {
    const { id, write } = await aPayout();
    const payout = await write(...unknown);
    expect(parkedOfPayout(payout)).toEqual({
      payoutId: id,
      tenant: 'acme',
      amountMinor: 9_710,
      currency: 'EUR',
      unknown: true,
      since: payout.parked?.since,
      reason: 'asked 3 times: no answer',
      resolution: null,
    });
  });

  it('says whether anything is unknown, and is none any more when it is known', async () => {
    const { write } = await aPayout();
    expect(parkedOfPayout(await write(...stuck))).toMatchObject({ unknown: false });
    expect(parkedOfPayout(await write('resumed'))).toBeNull();
  });
});

describe('a person’s word', () => {
  it('goes on record with who said it and why, before it has its effect', async () => {
    expect(await factAfter(unknown, tookEffect)).toEqual(payoutFacts.tookEffect);
    expect(await factAfter(unknown, noEffect)).toEqual(payoutFacts.noEffect);
  });

  it('lets a saga go on, with who asked for it', async () => {
    expect(await factAfter(stuck, resume)).toEqual({
      type: 'payout.resumed',
      facts: { reason: 'asked for by ada: seen there' },
    });
  });

  it.each<[readonly PayoutFactName[], PayoutWord]>([
    [[...unknown, 'tookEffect'], tookEffect],
    [[...unknown, 'noEffect'], noEffect],
    [[...unknown, 'tookEffect', 'sent'], tookEffect],
    [[...unknown, 'tookEffect', 'sent', 'paid'], tookEffect],
    [[...stuck, 'resumed'], resume],
  ])('is no news after %j', async (names, word) => {
    expect(await factAfter(names, word)).toBeNull();
  });

  it.each<[string, readonly PayoutFactName[], PayoutWord]>([
    ['not_parked', ['reserved', 'sending', 'unknown'], tookEffect],
    ['not_parked', ['reserved', 'sending', 'unknown'], noEffect],
    ['not_parked', ['reserved', 'sending'], resume],
    ['not_parked', ['reserved', 'resumed', 'takenOver'], resume],
    ['not_parked', ['reserved', 'sending', 'declined'], noEffect],
    ['not_parked', ['reserved', 'sending', 'sent'], { ...tookEffect, bankReference: 'bt_2' }],
    ['outcome_unknown', unknown, resume],
    ['nothing_unknown', stuck, tookEffect],
    ['nothing_unknown', stuck, noEffect],
    ['bank_reference_needed', unknown, { ...tookEffect, bankReference: null }],
    ['bank_reference_needed', unknown, { ...noEffect, bankReference: 'bt_1' }],
    ['bank_reference_needed', stuck, { ...resume, bankReference: 'bt_1' }],
    ['resolved_otherwise', [...unknown, 'tookEffect'], noEffect],
    ['resolved_otherwise', [...unknown, 'noEffect'], tookEffect],
    ['resolved_otherwise', [...unknown, 'tookEffect'], { ...tookEffect, bankReference: 'bt_2' }],
  ])('is refused as %s after %j', async (code, names, word) => {
    const refused = factAfter(names, word);
    await expect(refused).rejects.toBeInstanceOf(WordRefused);
    await expect(refused).rejects.toMatchObject({ code });
  });
});
