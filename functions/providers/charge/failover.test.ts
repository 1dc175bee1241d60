import { describe, expect, it } from 'vitest';
import { operationId } from '../../../shared/domain/ids.ts';
import type { ChargeOutcome } from '../../../shared/ports/provider.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { routedPayment } from '../../../test/support/payments/routed.ts';

const approved = {
  kind: 'approved',
  providerReference: 'ch_1',
  amountMinor: 10_000,
  currency: 'EUR',
  captured: true,
  authorizedUntil: null,
} as const satisfies ChargeOutcome;
const busy = { kind: 'busy', reason: '429' } as const satisfies ChargeOutcome;
const noAnswer = { kind: 'unknown', reason: 'no answer' } as const satisfies ChargeOutcome;
const declined = { kind: 'declined', code: 'lost_card', message: 'No.' } as const;

describe('a charge whose PSP is busy', () => {
  it('goes to the next PSP of its route with the next try, on record, under the same operation id', async () => {
    const { run, asked, types, load, id, store } = await routedPayment({
      first: [busy],
      second: [approved],
    });
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy', message: '429' });
    await run({ retries: 1 });
    expect(asked).toEqual([
      ['first', operationId(id, 'charge')],
      ['second', operationId(id, 'charge')],
    ]);
    expect(await types()).toEqual([
      'accepted',
      'reserved',
      'provider_busy',
      'rerouted',
      'captured',
    ]);
    expect((await store.events(id))[3]?.data).toMatchObject({
      operation_id: operationId(id, 'charge'),
      from: 'first',
      to: 'second',
    });
    expect(await load()).toMatchObject({
      status: 'captured',
      provider: 'second',
      charge: { provider: 'second' },
      busyTries: 1,
      busyProvider: null,
    });
  });

  it('stays with the second from there on: the first is never asked again', async () => {
    const { run, names, load } = await routedPayment({ first: [busy], second: [busy, approved] });
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy', message: '429' });
    await expect(run({ retries: 1 })).rejects.toMatchObject({ name: 'ProviderBusy' });
    await run({ retries: 2 });
    expect(names()).toEqual(['first', 'second', 'second']);
    expect((await load()).status).toBe('captured');
  });

  it('is refused as busy when the last of the route is busy too, and that is on record', async () => {
    const { run, names, types, store, id } = await routedPayment({ first: [busy], second: [busy] });
    for (let retries = 0; retries < 3; retries++) {
      await expect(run({ retries })).rejects.toMatchObject({ name: 'ProviderBusy' });
    }
    expect(names()).toEqual(['first', 'second', 'second']);
    expect((await types()).slice(2)).toEqual([
      'provider_busy',
      'rerouted',
      'provider_busy',
      'charge_retried',
      'provider_busy',
    ]);
    const busyAt = (await store.events(id)).flatMap(({ type, data }) =>
      type === 'payment.provider_busy' && 'provider' in data ? [data.provider] : [],
    );
    expect(busyAt).toEqual(['first', 'second', 'second']);
  });

  it('is asked of the second when a try died right after the reroute', async () => {
    const dies = async () => Promise.reject(new Error('died'));
    const { run, names, load } = await routedPayment({ first: [busy], second: [dies, approved] });
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy' });
    await expect(run({ retries: 1 })).rejects.toThrow('died');
    expect((await load()).provider).toBe('second');
    await run({ retries: 2 });
    expect(names()).toEqual(['first', 'second', 'second']);
    expect(await load()).toMatchObject({ status: 'captured', charge: { provider: 'second' } });
  });

  it('is unknown when the second is busy after a try of it that left no record', async () => {
    const dies = async () => Promise.reject(new Error('died'));
    const { run, load } = await routedPayment({ first: [busy], second: [dies, busy] });
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy' });
    await expect(run({ retries: 1 })).rejects.toThrow('died');
    await expect(run({ retries: 2 })).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(await load()).toMatchObject({ provider: 'second', unknown: { operation: 'charge' } });
  });
});

describe('a charge of which a PSP may have something', () => {
  it.each([
    ['its PSP did not answer', noAnswer, 'OutcomeUnknown'],
    ['its PSP declined it', declined, 'Declined'],
    ['its PSP approved something else', { ...approved, amountMinor: 1 }, 'ChargeMismatch'],
  ])('is offered to no other PSP when %s', async (_name, outcome, refusal) => {
    const { run, names, types } = await routedPayment({ first: [outcome] });
    await expect(run()).rejects.toMatchObject({ name: refusal });
    await expect(run({ retries: 1 })).rejects.toMatchObject({ name: refusal });
    expect(names()).toEqual(['first']);
    expect(await types()).not.toContain('rerouted');
  });

  it('is offered to no other when an earlier try left no record', async () => {
    const { run, names, load } = await routedPayment({ first: [busy] });
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy' });
    await expect(run({ retries: 2 })).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(names()).toEqual(['first', 'first']);
    expect(await load()).toMatchObject({ provider: 'first', unknown: { operation: 'charge' } });
  });

  it('is offered to no other when its execution began anew', async () => {
    const { run, names, restart } = await routedPayment({ first: [busy] });
    await restart();
    await expect(run()).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(names()).toEqual(['first']);
  });

  it('is offered to no other when the payment was resumed', async () => {
    const { run, names, write } = await routedPayment({ first: [busy] });
    await write(facts.resumed, {
      type: 'payment.execution_restarted',
      facts: { execution: 'e2' },
    });
    await expect(run({ execution: 'e2' })).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(names()).toEqual(['first']);
  });

  it('is offered to no other when the payment is resumed for another execution meanwhile', async () => {
    const { run, names, types, ...payment } = await routedPayment({
      first: [
        async () => {
          await payment.write(facts.resumed);
          return busy;
        },
      ],
    });
    await expect(run()).rejects.toMatchObject({ name: 'Superseded' });
    expect(names()).toEqual(['first']);
    expect(await types()).toEqual(['accepted', 'reserved', 'resumed']);
  });
});

/** An answer that is given when it is told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<ChargeOutcome>();
  return { answer: () => promise, give: resolve };
}

describe('two tries of one charge at once', () => {
  it('go to the second PSP together when both are told that the first is busy', async () => {
    const { run, names, types, load } = await routedPayment({ first: [busy], second: [approved] });
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy' });
    await Promise.all([run({ retries: 1 }), run({ retries: 1 })]);
    expect((await types()).slice(2)).toEqual(['provider_busy', 'rerouted', 'captured']);
    expect(new Set(names().slice(1))).toEqual(new Set(['second']));
    expect((await load()).charge?.provider).toBe('second');
  });

  it('do not go on to a third PSP: the second has not said yet that it is busy', async () => {
    const answers = { first: [busy], second: [approved], third: [approved] };
    const { run, names } = await routedPayment(answers);
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy' });
    await Promise.all([run({ retries: 1 }), run({ retries: 1 })]);
    expect(new Set(names().slice(1))).toEqual(new Set(['second']));
  });

  it('go on to a third PSP with a third try, when the second is busy for sure as well', async () => {
    const answers = { first: [busy], second: [busy], third: [approved] };
    const { run, names } = await routedPayment(answers);
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy' });
    await expect(run({ retries: 1 })).rejects.toMatchObject({ name: 'ProviderBusy' });
    await run({ retries: 2 });
    expect(names()).toEqual(['first', 'second', 'third']);
  });

  it('end by what the later one recorded, when the earlier one hears that it was busy', async () => {
    const [earlier, later] = [held(), held()];
    const { run, names, types, load } = await routedPayment({
      first: [earlier.answer, later.answer],
    });
    const first = run();
    const second = run({ retries: 1 });
    later.give(approved);
    await second;
    earlier.give(busy);
    await first;
    expect(names()).toEqual(['first', 'first']);
    expect(await types()).not.toContain('rerouted');
    expect(await load()).toMatchObject({ status: 'captured', charge: { provider: 'first' } });
  });

  it.each([
    ['has the money', approved],
    ['may have it', noAnswer],
  ])(
    'never have two PSPs charge: a late busy is no licence for the second when a later try %s',
    async (_name, outcome) => {
      const [earlier, later] = [held(), held()];
      const { run, names } = await routedPayment({
        first: [earlier.answer, later.answer],
        second: [approved],
      });
      // The first try has outlived its time limit, and the saga has begun the next one beside it.
      const first = run();
      const second = run({ retries: 1 });
      await expect.poll(() => names().length).toBe(2);
      earlier.give(busy);
      await Promise.allSettled([first]);
      later.give(outcome);
      await Promise.allSettled([second]);
      await Promise.allSettled([run({ retries: 2 })]);
      expect(new Set(names())).toEqual(new Set(['first']));
    },
  );

  it('never have two PSPs charge: a late reroute gives way to a try that asks the first again', async () => {
    const [reroute, later] = [held(), held()];
    const { run, names, types } = await routedPayment(
      { first: [busy, later.answer, noAnswer], second: [approved] },
      async ({ event }) => {
        if (event.type === 'payment.rerouted') {
          await reroute.answer();
        }
      },
    );
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy' });
    // The second try outlives its time limit at this write; the third one cannot know of it.
    const second = run({ retries: 1 });
    const third = run({ retries: 2 });
    await expect.poll(() => names().length).toBe(2);
    reroute.give(busy);
    await Promise.allSettled([second]);
    later.give(approved);
    await Promise.allSettled([third]);
    expect(names()).toEqual(['first', 'first', 'first']);
    expect((await types()).at(-1)).toBe('outcome_unknown');
  });
});
