import { describe, expect, it } from 'vitest';
import { sagas } from '../../shared/domain/saga/sagas.ts';
import { facts } from '../support/payments/facts.ts';
import { hourMs, paid, says } from '../support/sagas/paid.ts';
import { runSaga } from '../support/sagas/saga-runner.ts';

const { approved, busy, declined, done, noAnswer, other } = says;

/** An answer that is given when it is told to, and only then. */
function held<T>() {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { answer: () => promise, give: resolve };
}

type Payment = Awaited<ReturnType<typeof paid>>;

/** Begins anew what is stuck, as the sweeper and the stream do. */
async function resume({ pass, sweep, settled }: Payment) {
  pass(hourMs);
  expect(await sweep()).toMatchObject({ resumed: 1 });
  return settled();
}

describe('a saga that is begun anew beside one that is still at work', () => {
  it('takes the payment over, and what the old one hears of its charge comes to nothing', async () => {
    const late = held<typeof approved>();
    const payment = await paid({ charge: [late.answer, approved] });
    const old = payment.settled();
    await expect.poll(() => payment.calls('charge')).toBe(1);
    await resume(payment);
    expect((await payment.load()).status).toBe('captured');
    late.give(approved);
    expect((await old).map(({ result }) => result)).toEqual(['stopped']);
    expect(await payment.events()).toEqual([
      'accepted',
      'reserved',
      'resumed',
      'execution_restarted',
      'captured',
    ]);
    expect(new Set(payment.asked.map(({ operationId }) => operationId)).size).toBe(1);
  });

  it('is not undone by the old one, whatever that hears', async () => {
    for (const answer of [declined, busy, noAnswer, other]) {
      const late = held<typeof answer>();
      const payment = await paid({ charge: [late.answer, approved] });
      const old = payment.settled();
      await expect.poll(() => payment.calls('charge')).toBe(1);
      await resume(payment);
      late.give(answer);
      expect((await old).map(({ result }) => result)).toEqual(['stopped']);
      expect(await payment.load()).toMatchObject({ status: 'captured', hold: { state: 'posted' } });
    }
  });

  it('never takes a busy PSP for one that has nothing: the old one may be asking it', async () => {
    const late = held<typeof approved>();
    const payment = await paid({ charge: [late.answer, busy], inquire: [approved] });
    const old = payment.settled();
    await expect.poll(() => payment.calls('charge')).toBe(1);
    await resume(payment);
    expect((await payment.events()).slice(4)).toEqual(['outcome_unknown', 'captured']);
    late.give(approved);
    await old;
    expect((await payment.load()).status).toBe('captured');
  });

  it('leaves the payment to the old one when that comes first', async () => {
    const payment = await paid({ charge: [approved] });
    const [first] = await payment.stream();
    if (!first) {
      throw new Error('nothing was started');
    }
    payment.pass(hourMs);
    await payment.sweep();
    // Nothing was held when it was begun anew: whoever holds it first has it.
    const [next] = await payment.stream();
    if (!next) {
      throw new Error('nothing was started anew');
    }
    const ended = await Promise.all([payment.run(first), payment.run(next)]);
    expect(ended.map(({ result }) => result).sort()).toEqual(['stopped', 'succeeded']);
    expect(payment.calls('charge')).toBe(1);
    expect(await payment.events()).toEqual(['accepted', 'resumed', 'reserved', 'captured']);
  });

  it('has one owner when it is begun anew twice at once', async () => {
    const payment = await paid({ charge: [approved] }, {}, { lostAfter: lostOnce(2) });
    expect((await payment.settled()).map(({ result }) => result)).toEqual(['lost']);
    payment.pass(hourMs);
    await payment.sweep();
    payment.pass(hourMs);
    await payment.sweep();
    const ended = await payment.settled();
    expect(ended.map(({ result }) => result).sort()).toEqual(['stopped', 'succeeded']);
    expect(payment.calls('charge')).toBe(1);
  });
});

/** The first execution is lost after so many calls. */
function lostOnce(after: number): () => number | null {
  let first = true;
  return () => {
    const lost = first ? after : null;
    first = false;
    return lost;
  };
}

describe('a saga that died with its machine', () => {
  const ways = [
    ['captured', { charge: [approved] }, 'captured'],
    ['declined', { charge: [declined] }, 'failed'],
    ['of another amount', { charge: [other], refund: [done] }, 'failed'],
    ['busy', { charge: [busy], inquire: [{ kind: 'not_found' }] }, 'failed'],
    ['unknown', { charge: [noAnswer], inquire: [approved] }, 'captured'],
  ] as const;

  it.each(ways)(
    'ends right of a charge that is %s, wherever it died',
    async (_n, answers, status) => {
      const whole = await paid(answers);
      await whole.settled();
      const tasks = 12;
      for (let after = 0; after < tasks; after++) {
        const payment = await paid(answers, {}, { lostAfter: lostOnce(after) });
        await payment.settled();
        for (let round = 0; round < 3; round++) {
          payment.pass(hourMs);
          await payment.sweep();
          await payment.settled();
        }
        expect([after, (await payment.load()).status]).toEqual([after, status]);
        expect(payment.pendingMinor()).toBe(0n);
        expect((await payment.load()).parked).toBeNull();
      }
    },
  );

  it.each([
    ['capture', facts.captureRequested, { capture: [done] }, 'succeeded'],
    ['capture', facts.captureRequested, { capture: [declined] }, 'failed'],
    ['cancel', facts.cancelRequested, { void: [done] }, 'succeeded'],
    ['cancel', facts.cancelRequested, { void: [declined] }, 'failed'],
  ] as const)('ends a %s right, wherever it died: %s', async (_kind, fact, answers, status) => {
    for (let after = 0; after < 5; after++) {
      const charge = { charge: [says.authorized] };
      const lost = lostOnce(after);
      const payment = await paid(
        { ...charge, ...answers },
        { capture_method: 'manual' },
        { lostAfter: ({ machine }) => (machine === 'payment' ? null : lost()) },
      );
      await payment.settled();
      await payment.request(fact);
      payment.pass(hourMs);
      await payment.sweep();
      await payment.settled();
      const operation = (await payment.load()).operations.at(-1);
      expect([after, operation?.status]).toEqual([after, status]);
    }
  });

  it.each([
    [done, 'succeeded', 3_000],
    [declined, 'failed', 0],
  ] as const)(
    'ends a refund right, wherever it died: %o',
    async (answer, status, refundedMinor) => {
      for (let after = 0; after < 6; after++) {
        const lost = lostOnce(after);
        const payment = await paid(
          { charge: [approved], refund: [answer] },
          {},
          { lostAfter: ({ machine }) => (machine === 'payment' ? null : lost()) },
        );
        await payment.settled();
        await payment.request(facts.refundRequested);
        payment.pass(hourMs);
        await payment.sweep();
        await payment.settled();
        const { operations, amountRefundedMinor } = await payment.load();
        expect([after, operations[0]?.status, operations[0]?.held]).toEqual([after, status, false]);
        expect(amountRefundedMinor).toBe(refundedMinor);
      }
    },
  );
});

describe('an execution that is begun anew by hand, long after', () => {
  it('finds another owner, and touches nothing', async () => {
    const payment = await paid({ charge: [noAnswer], inquire: [declined] });
    await payment.settled();
    const before = await payment.load();
    const redriven = await runSaga(sagas.payment, payment.tasks, {
      paymentId: payment.id,
      execution: `payment ${payment.id}`,
    });
    expect(redriven.result).toBe('stopped');
    expect(await payment.load()).toEqual(before);
  });
});
