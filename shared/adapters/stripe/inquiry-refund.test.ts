import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json } from '../../../test/support/psp/scripted-psp.ts';
import {
  aCharge,
  aList,
  anInquiry,
  anIntent,
  aRefund,
  done,
  found,
  notFound,
  scriptedStripe,
  unavailable,
} from '../../../test/support/psp/stripe.ts';

let stripe: Awaited<ReturnType<typeof scriptedStripe>>;
beforeAll(async () => {
  stripe = await scriptedStripe();
});
afterAll(() => stripe.close());

const ask = (...asked: Parameters<typeof anInquiry>) =>
  stripe.provider({ deadlineMs: 500 }).inquire(anInquiry(...asked));

describe('an inquiry of a refund', () => {
  const others = [aRefund({ id: 're_0', metadata: {} }), aRefund({ id: 're_9', metadata: null })];
  const withRefunds = (...refunds: readonly object[]) =>
    stripe.answerInTurn(...found(anIntent()), json(200, aList([...others, ...refunds])));

  it.each([
    ['succeeded', aRefund(), done],
    ['failed', aRefund({ status: 'failed', failure_reason: 'declined' }), 'declined'],
    ['is pending', aRefund({ status: 'pending' }), 'the refund has not come to its end'],
    ['is of another amount', aRefund({ amount: 1 }), 'the refund is another than asked'],
    [
      'is of another charge',
      aRefund({ payment_intent: 'pi_2' }),
      'the refund is of another charge',
    ],
    ['is in another currency', aRefund({ currency: 'usd' }), 'the refund is of another charge'],
  ])('that %s', async (_name, refund, finding) => {
    withRefunds(refund);
    expect(await ask('refund')).toEqual(
      finding === 'declined'
        ? { kind: 'declined', code: 'declined', message: 'the refund failed' }
        : typeof finding === 'string'
          ? unavailable(finding)
          : finding,
    );
  });

  it('of all is done when nothing is left', async () => {
    const after = (amount_refunded: number) =>
      found(anIntent({ latest_charge: aCharge({ amount_refunded }) }));
    const refunds = json(200, aList([aRefund({ amount: 4_000 })]));
    stripe.answerInTurn(...after(10_000), refunds);
    expect(await ask('refund', { amountMinor: null })).toEqual(done);
    stripe.answerInTurn(...after(9_999), refunds);
    expect(await ask('refund', { amountMinor: null })).toMatchObject({ kind: 'unavailable' });
  });

  it('finds nothing where the list has not got it', async () => {
    withRefunds();
    expect(await ask('refund')).toEqual(notFound);
  });

  it('looks through every page', async () => {
    const page = json(200, aList(others, { has_more: true }));
    stripe.answerInTurn(...found(anIntent()), page, json(200, aList([aRefund()])));
    expect(await ask('refund')).toEqual(done);
    expect(stripe.received[3]?.url).toContain('starting_after=re_9');
  });

  it('says nothing of a page that cannot be read, or has no end', async () => {
    const broken = 'answered 200 with a body that is no list of refunds';
    for (const list of [aList([{ id: 're_1' }]), aList([], { has_more: true })]) {
      stripe.answerInTurn(...found(anIntent()), json(200, list));
      expect(await ask('refund')).toEqual(unavailable(broken));
    }
    const page = json(200, aList(Array(100).fill(others[0]), { has_more: true }));
    stripe.answerInTurn(...found(anIntent()), ...Array(10).fill(page));
    expect(await ask('refund')).toEqual(
      unavailable('the charge has more refunds than are looked through'),
    );
  });
});
