import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import {
  aWebhookEndpoint,
  aWebhookEvent,
  webhookTerms as terms,
} from '../../../test/support/webhooks.ts';
import {
  type Attempt,
  attempted,
  delaySecondsOf,
  deliveryOf,
  messageOf,
  resent,
} from './delivery.ts';
import { timedId } from './event.ts';
import { longestDelayMs } from './terms.ts';

const endpoint = aWebhookEndpoint('one');
const attempt = (number: number, time: string, status: number | null): Attempt => ({
  number,
  time,
  status,
  reason: status === null ? 'no answer' : null,
  durationMs: 5,
});
const anyStatus = fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constant(null));
const isOk = (status: number | null) => status !== null && status >= 200 && status < 300;

describe('a delivery', () => {
  it('is tried after each wait of its schedule, and is over with the first 2xx or its last try', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10 ** 8 }), { maxLength: 12 }),
        fc.array(anyStatus, { minLength: 13, maxLength: 13 }),
        (retryWaitsMs, statuses) => {
          const own = { ...terms, retryWaitsMs };
          let nowMs = 50;
          let delivery = deliveryOf(aWebhookEvent(1), endpoint, {
            time: timeAt(nowMs),
            terms: own,
          });
          const { body } = delivery;
          const waits: number[] = [];
          const used: (number | null)[] = [];
          while (delivery.status === 'pending') {
            const dueMs = Date.parse(delivery.nextAt as string) - Date.parse(timeAt(0));
            waits.push(dueMs - nowMs);
            nowMs = dueMs;
            const status = statuses[used.length] ?? null;
            used.push(status);
            const { attempt: number } = messageOf(delivery);
            const time = timeAt(nowMs);
            delivery = attempted(delivery, attempt(number, time, status), { time, terms: own });
            expect(delivery.body).toBe(body);
          }
          const took = statuses.slice(0, retryWaitsMs.length + 1).findIndex(isOk);
          const tries = took < 0 ? retryWaitsMs.length + 1 : took + 1;
          expect(waits).toEqual([0, ...retryWaitsMs].slice(0, tries));
          expect(delivery).toMatchObject({
            status: took < 0 ? 'failed' : 'delivered',
            tries,
            nextAt: null,
            dueAt: null,
          });
          expect(delivery.attempts.map(({ number }) => number)).toEqual(used.map((_, i) => i + 1));
        },
      ),
    );
  });

  it('that is sent again has its whole schedule anew, and its tries are counted on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), (rounds) => {
        const at = { time: timeAt(9), terms };
        let delivery = deliveryOf(aWebhookEvent(1), endpoint, at);
        const round = terms.retryWaitsMs.length + 1;
        for (let done = 1; done <= rounds; done++) {
          while (delivery.status === 'pending') {
            delivery = attempted(delivery, attempt(delivery.tries + 1, at.time, 500), at);
          }
          expect(delivery).toMatchObject({ status: 'failed', tries: done * round });
          delivery = resent(delivery, at);
          expect(delivery).toMatchObject({ status: 'pending', nextAt: at.time });
        }
      }),
    );
  });

  it('keeps its newest fifty tries', () => {
    const at = { time: timeAt(9), terms: { ...terms, retryWaitsMs: Array(70).fill(1_000) } };
    let delivery = deliveryOf(aWebhookEvent(1), endpoint, at);
    while (delivery.status === 'pending') {
      delivery = attempted(delivery, attempt(delivery.tries + 1, at.time, 500), at);
    }
    expect(delivery.tries).toBe(71);
    expect(delivery.attempts.map(({ number }) => number)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 22),
    );
  });

  it('waits in the queue for as long as that can wait, and is looked after by the clock else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 * longestDelayMs }), (waitMs) => {
        const own = { ...terms, retryWaitsMs: [waitMs] };
        const at = { time: timeAt(9), terms: own };
        const delivery = attempted(
          deliveryOf(aWebhookEvent(1), endpoint, at),
          attempt(1, at.time, 500),
          at,
        );
        const seconds = delaySecondsOf(delivery, at.time);
        const dueMs = Date.parse(delivery.dueAt as string) - Date.parse(at.time);
        if (waitMs <= longestDelayMs) {
          expect(seconds).toBe(Math.ceil(waitMs / 1_000));
          expect(dueMs).toBe(waitMs + own.lostAfterMs);
        } else {
          expect(seconds).toBeNull();
          expect(dueMs).toBe(waitMs);
        }
      }),
    );
  });

  it('has one id an endpoint and event, that sorts by the time of the event', () => {
    const ms = fc.integer({ min: 0, max: 10 ** 10 });
    const pair = fc.record({ ms, type: fc.constantFrom('payment.captured', 'payment.failed') });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 20 }), (pairs) => {
        const ids = new Map<string, { ms: number; key: string }>();
        for (const { ms: eventMs, type } of pairs) {
          for (const to of [endpoint, aWebhookEndpoint('other')]) {
            const event = aWebhookEvent(eventMs, { type });
            const { id } = deliveryOf(event, to, { time: timeAt(0), terms });
            const key = `${event.id} ${to.id}`;
            expect(ids.get(id)?.key ?? key).toBe(key);
            expect(id).toMatch(
              /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
            );
            ids.set(id, { ms: eventMs, key });
          }
        }
        const sorted = [...ids.keys()].sort().map((id) => ids.get(id)?.ms);
        expect(sorted).toEqual([...sorted].sort((a, b) => (a ?? 0) - (b ?? 0)));
      }),
    );
  });
});

it('a timed id begins with its time', () => {
  expect(timedId('2026-01-01T00:00:00.000Z', 'a')).toMatch(/^019b76da-a800-8/);
});
