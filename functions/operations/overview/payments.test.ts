import { describe, expect, it } from 'vitest';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import type { PagePaymentEvents } from '../../../shared/ports/payments.ts';
import { aStage, before, idOf, minutes } from '../../../test/support/overview.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { mostRows, mostSamples, mostTenants } from './payments.ts';

/** Of payments that settled so long after their acceptance, by their ids. */
function settledAfter(ms: ReadonlyMap<string, number>, created: string): PagePaymentEvents {
  return async ({ id }) => {
    const { after, event } = changePayment(
      anAcceptedPayment(countingStamps()).after,
      facts.reserved,
      { time: created, eventId: id },
    );
    const time = new Date(Date.parse(created) + (ms.get(id) ?? 0)).toISOString();
    const captured = changePayment(after, facts.captured, { time, eventId: id }).event;
    const refunded = { ...captured, time: before(0) };
    return { events: ms.has(id) ? [event, captured, refunded] : [event], next: null };
  };
}

describe('more payments than an overview reads', () => {
  it('of one tenant cut the window for all, so that each minute has everybody in it', async () => {
    const { ask, add } = await aStage();
    for (let index = 0; index <= mostRows; index++) {
      await add('acme', { id: idOf(index), created: before(10 * minutes - index) });
    }
    await add('globex', { id: idOf(1_000), created: before(20 * minutes) });
    await add('globex', { id: idOf(1_001), created: before(1) });
    const { json } = await ask();
    expect(json.window).toEqual({
      minutes: 60,
      since: before(10 * minutes - 1),
      examined: mostRows + 1,
      truncated: true,
    });
    expect(json.per_minute).toHaveLength(11);
    expect(json.per_minute[0].accepted).toBe(mostRows);
  });

  it('are those of as many as it reads, and no more: that truncates nothing', async () => {
    const { ask, add } = await aStage();
    for (let index = 0; index < mostRows; index++) {
      await add('acme', { id: idOf(index), created: before(10 * minutes - index) });
    }
    const { json } = await ask();
    expect(json.window).toMatchObject({ examined: mostRows, truncated: false });
  });

  it('of more tenants than it reads: it says so', async () => {
    const { ask, keys } = await aStage();
    for (let index = 0; index < mostTenants; index++) {
      await keys.createTenant({ name: `t${index}`, created: before(0) });
    }
    const { json } = await ask();
    expect(json.tenants).toHaveLength(mostTenants + 2);
    expect(json.window.truncated).toBe(true);
    expect((await ask({ tenant: 't1' })).json.window.truncated).toBe(false);
  });
});

describe('the time to settle', () => {
  it('is from the acceptance to the first event after which a payment processes no more', async () => {
    const created = before(5 * minutes);
    const times = new Map([1, 2, 3].map((index) => [idOf(index), index * 1_000]));
    const { ask, add } = await aStage({ eventPage: settledAfter(times, created) });
    for (const index of [1, 2, 3, 4]) {
      await add('acme', { id: idOf(index), created, status: 'captured' });
    }
    await add('acme', { id: idOf(5), created, status: 'processing' });
    // Of the fourth no event says it, and the fifth has not settled.
    const { json } = await ask();
    expect(json.time_to_settle_ms).toEqual({ p50: 2_000, p90: 3_000, p99: 3_000, samples: 3 });
  });

  it('is that of the latest payments', async () => {
    const created = before(5 * minutes);
    const old = [idOf(1_000), idOf(1_001)].map((id) => [id, 9_000] as const);
    const latest = Array.from(
      { length: mostSamples },
      (_, index) => [idOf(index + 1), 1_000] as const,
    );
    const asked = settledAfter(new Map([...old, ...latest]), created);
    const { ask, add } = await aStage({ eventPage: asked });
    for (const [id] of old) {
      await add('acme', { id, created: before(6 * minutes), status: 'captured' });
    }
    for (const [id] of latest) {
      await add('globex', { id, created, status: 'captured' });
    }
    const { json } = await ask();
    expect(json.time_to_settle_ms).toMatchObject({ p99: 1_000, samples: mostSamples });
  });
});
