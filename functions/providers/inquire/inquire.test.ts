import { describe, expect, it } from 'vitest';
import type { Inquiry } from '../../../shared/ports/provider.ts';
import {
  anInquiry,
  anUnknown,
  approvedAs,
  inquiredPsp,
  schedule,
  settleWindowMs,
  type UnknownName,
  unknownNames,
} from '../../../test/support/payments/unknowns.ts';
import { inquire } from './inquire.ts';

const done: Inquiry = { kind: 'done' };
const declined: Inquiry = { kind: 'declined', code: 'lost_card', message: 'No.' };
const notFound: Inquiry = { kind: 'not_found' };
const unavailable: Inquiry = { kind: 'unavailable', reason: 'no answer' };
const still = { name: 'StillUnknown' };

/** What each answer leads to: the events, and the status of the payment. */
const conclusions: readonly [UnknownName, string, Inquiry, readonly string[], string][] = [
  ['charge', 'approved it', approvedAs(), ['captured'], 'captured'],
  ['manual charge', 'approved it', approvedAs({ captured: false }), ['authorized'], 'authorized'],
  [
    'charge',
    'approved another amount',
    approvedAs({ amountMinor: 9_999 }),
    ['charge_mismatched', 'resumed'],
    'processing',
  ],
  [
    'charge',
    'approved another currency',
    approvedAs({ currency: 'USD' }),
    ['charge_mismatched', 'resumed'],
    'processing',
  ],
  [
    'manual charge',
    'captured what it was to authorize',
    approvedAs(),
    ['charge_mismatched', 'resumed'],
    'processing',
  ],
  ['charge', 'declined it', declined, ['charge_declined', 'resumed'], 'processing'],
  ['reverse', 'did it', done, ['charge_reversed', 'resumed'], 'processing'],
  ['reverse', 'declined it', declined, ['outcome_resolved', 'resumed'], 'processing'],
  ['capture', 'did it', done, ['captured'], 'partially_captured'],
  ['capture', 'declined it', declined, ['operation_declined', 'capture_resumed'], 'authorized'],
  ['final capture', 'did it', done, ['captured'], 'captured'],
  ['cancel', 'did it', done, ['canceled'], 'canceled'],
  ['cancel', 'declined it', declined, ['operation_declined', 'cancel_resumed'], 'authorized'],
  ['expiry', 'did it', done, ['expired'], 'expired'],
  ['expiry', 'declined it', declined, ['operation_declined', 'cancel_resumed'], 'authorized'],
  ['refund', 'did it', done, ['refunded'], 'captured'],
  ['refund', 'declined it', declined, ['operation_declined', 'refund_resumed'], 'captured'],
];

describe('an inquiry that hears what became of it', () => {
  it.each(conclusions)(
    'records of a %s that the PSP %s, at once',
    async (what, _name, answer, events, status) => {
      const { run, since, load, asked, id } = await anInquiry(what, [answer]);
      await run();
      expect(asked).toHaveLength(1);
      expect(await since()).toEqual(events);
      const payment = await load();
      expect(payment).toMatchObject({ id, status, unknown: null, parked: null });
      expect(payment.operations.every(({ unknown }) => unknown === null)).toBe(true);
    },
  );

  it.each(conclusions)(
    'has nothing more to do of a %s once that is on record: %s',
    async (what, _name, answer, events) => {
      const { run, since, asked } = await anInquiry(what, [answer]);
      await run();
      await run(1);
      expect(asked).toHaveLength(1);
      expect(await since()).toEqual(events);
    },
  );

  it.each([
    [
      'charge',
      approvedAs(),
      [
        ['captured', 'post_pending', 10_000],
        ['fee', 'posted', 290],
      ],
    ],
    ['charge', declined, []],
    [
      'capture',
      done,
      [
        ['captured', 'post_pending', 4_000],
        ['fee', 'posted', 116],
        ['held_anew', 'pending', 6_000],
      ],
    ],
    ['cancel', done, [['released', 'void_pending', 10_000]]],
    ['refund', done, [['refund_confirmed', 'posted', 3_000]]],
    ['refund', declined, []],
  ] as const)('posts a %s with its event: %o', async (what, answer, postings) => {
    const { run, postings: posted } = await anInquiry(what, [answer]);
    await run();
    expect(posted()).toEqual(postings);
  });

  it('asks the PSP that has the charge, by our reference, and for what was sent to it', async () => {
    const { run, asked, id, operationId, load } = await anInquiry('refund', [done]);
    await run();
    expect(asked).toEqual([
      {
        kind: 'refund',
        operationId,
        reference: id,
        providerReference: (await load()).charge?.reference,
        amountMinor: 3_000,
        currency: 'EUR',
      },
    ]);
  });

  it('asks the PSP that a charge went on to, and no other', async () => {
    const payment = await anUnknown('charge');
    // On record before the outcome was unknown: as the fold has it, in that order.
    const load = async () => ({ ...(await payment.load()), provider: 'psp-b' });
    const first = inquiredPsp([], 'psp');
    const second = inquiredPsp([notFound], 'psp-b');
    const named = (name: string) =>
      name === 'psp' ? first.provider : second.providers.named(name);
    const ask = inquire({
      ...payment,
      ...payment.deps,
      load,
      providers: { ...first.providers, named },
      schedule,
    });
    await expect(ask({ ...payment.of, asked: 0 })).rejects.toMatchObject(still);
    expect([first.asked.length, second.asked.length]).toEqual([0, 1]);
  });

  it('takes an answer that cannot be about a charge for a fault, and writes nothing', async () => {
    const { run, since } = await anInquiry('charge', [done]);
    await expect(run()).rejects.toThrow('is said to be done');
    expect(await since()).toEqual([]);
  });
});

describe('an inquiry that hears of nothing', () => {
  it.each(unknownNames)('asks again later what became of a %s', async (what) => {
    const { run, since, pass } = await anInquiry(what, [unavailable, notFound]);
    await expect(run()).rejects.toMatchObject({ ...still, message: 'no answer' });
    pass(settleWindowMs - 1);
    await expect(run(1)).rejects.toMatchObject({
      ...still,
      message: 'the PSP has no record of it yet',
    });
    expect(await since()).toEqual([]);
  });

  it.each([
    ['charge', ['charge_declined', 'resumed']],
    ['reverse', ['outcome_resolved', 'resumed']],
    ['capture', ['operation_declined', 'capture_resumed']],
    ['cancel', ['operation_declined', 'cancel_resumed']],
    ['refund', ['operation_declined', 'refund_resumed']],
  ] as const)(
    'takes it for a no about a %s that cannot arrive any more: %j',
    async (what, events) => {
      const { run, since, pass, store, id } = await anInquiry(what, [notFound]);
      pass(settleWindowMs);
      await run();
      expect(await since()).toEqual(events);
      const said = (await store.events(id)).at(-2)?.data;
      expect(said).toMatchObject(
        what === 'reverse' ? { reason: 'not_processed' } : { code: 'not_processed' },
      );
    },
  );

  it('never takes it for a no that the PSP does not answer, however long', async () => {
    const { run, since, pass } = await anInquiry('charge', [unavailable]);
    pass(100 * settleWindowMs);
    await expect(run()).rejects.toMatchObject(still);
    expect(await since()).toEqual([]);
  });
});
