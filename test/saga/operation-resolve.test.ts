import { describe, expect, it } from 'vitest';
import { facts } from '../support/payments/facts.ts';
import type { Answers } from '../support/psp/answering-psp.ts';
import { hourMs, paid, says } from '../support/sagas/paid.ts';

const { approved, authorized, declined, done, noAnswer, notFound, unavailable } = says;

describe('an operation of which nobody knows', () => {
  const operations = {
    capture: { fact: facts.captureRequested, call: 'capture', first: authorized },
    cancel: { fact: facts.cancelRequested, call: 'void', first: authorized },
    refund: { fact: facts.refundRequested, call: 'refund', first: approved },
  } as const;

  async function operated(what: keyof typeof operations, answers: Answers) {
    const { fact, call, first } = operations[what];
    const payment = await paid(
      { charge: [first], [call]: [noAnswer], ...answers },
      { capture_method: what === 'refund' ? 'automatic' : 'manual' },
    );
    await payment.settled();
    const before = (await payment.events()).length;
    await payment.request(fact);
    return {
      ...payment,
      since: async () => (await payment.events()).slice(before + 1),
      operation: async () => (await payment.load()).operations.at(-1),
      sent: () => payment.calls(call),
    };
  }

  it.each([
    ['capture', ['operation_started', 'outcome_unknown', 'captured'], 'partially_captured'],
    ['cancel', ['operation_started', 'outcome_unknown', 'canceled'], 'canceled'],
    ['refund', ['refund_held', 'outcome_unknown', 'refunded'], 'captured'],
  ] as const)('is a %s that is done when the PSP says so', async (what, events, status) => {
    const { since, operation, load, sent } = await operated(what, {
      inquire: [unavailable, done],
    });
    expect(await since()).toEqual(events);
    expect(await operation()).toMatchObject({ status: 'succeeded', unknown: null });
    expect((await load()).status).toBe(status);
    expect(sent()).toBe(1);
  });

  it.each([
    ['capture', 'operation_started', [], 'authorized'],
    ['cancel', 'operation_started', [], 'authorized'],
    ['refund', 'refund_held', ['refund_returned'], 'captured'],
  ] as const)(
    'is a %s that has failed when the PSP says that it declined it, and nothing is left of it',
    async (what, begun, undone, status) => {
      const { since, operation, load, sent, memory } = await operated(what, {
        inquire: [declined],
      });
      expect(await since()).toEqual([
        begun,
        'outcome_unknown',
        'operation_declined',
        `${what}_resumed`,
        'operation_restarted',
        ...undone,
        'operation_failed',
      ]);
      expect(await operation()).toMatchObject({
        status: 'failed',
        held: false,
        failure: { code: 'lost_card' },
      });
      expect(await load()).toMatchObject({ status, amountRefundedMinor: 0 });
      expect(sent()).toBe(1);
      const inTransit = memory.transfers.filter(({ posting }) => posting.startsWith('refund'));
      expect(inTransit.map(({ posting }) => posting)).toEqual(
        what === 'refund' ? ['refund_requested', 'refund_returned'] : [],
      );
    },
  );

  it.each(['capture', 'cancel', 'refund'] as const)(
    'is a %s that was never processed when the PSP has no record of it after its window',
    async (what) => {
      const { operation, sent, calls } = await operated(what, { inquire: [notFound] });
      expect(await operation()).toMatchObject({
        status: 'failed',
        failure: { code: 'not_processed' },
      });
      expect([sent(), calls('inquire')]).toEqual([1, 4]);
    },
  );

  it.each(['capture', 'cancel', 'refund'] as const)(
    'is a %s that waits for a person at the end, while nothing else of it is moved',
    async (what) => {
      const { operation, load, sweep, pass, settled, since } = await operated(what, {
        inquire: [unavailable],
      });
      const before = await load();
      pass(1_000 * hourMs);
      await sweep();
      expect(await settled()).toEqual([]);
      expect(await load()).toEqual(before);
      expect((await since()).slice(-2)).toEqual(['outcome_unknown', 'parked']);
      expect(await operation()).toMatchObject({ status: 'processing', held: what === 'refund' });
    },
  );

  it('lets the money be captured again after it was found never to have been', async () => {
    const { request, load } = await operated('capture', {
      capture: [noAnswer, done],
      inquire: [notFound],
    });
    await request({
      ...facts.restRequested,
      facts: { ...facts.restRequested.facts, amount: 10_000 },
    });
    expect(await load()).toMatchObject({ status: 'captured', amountCapturedMinor: 10_000 });
  });
});
