import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerOf, type Payment, Paysaga, PaysagaError } from '../src/index.ts';
import { faults, idempotentServer } from './support/idempotent-server.ts';
import { baseUrl, fetchBy, leastBody } from './support/scripted.ts';
import { passingTime } from './support/time.ts';

const runs = fc.record({
  script: fc.array(fc.constantFrom(...faults), { maxLength: 12 }),
  maxRetries: fc.integer({ min: 0, max: 8 }),
  deadlineMs: fc.constantFrom(1_000, 15_000, 120_000),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});

it('whatever goes wrong, a payment is taken once at most, and the client knows what of it is sure', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async ({ script, maxRetries, deadlineMs, jitter }) => {
      const server = idempotentServer(script);
      const time = passingTime();
      const client = new Paysaga({
        baseUrl,
        apiKey: 'key-of-acme',
        fetch: fetchBy(server.answer),
        time,
        random: () => jitter,
        maxRetries,
        deadlineMs,
      });
      const created = (): Promise<Payment | PaysagaError> =>
        time.until(
          client.payments
            .create(leastBody, { idempotencyKey: 'order-1' })
            .catch((error: PaysagaError) => error),
        );
      const first = await created();
      expect(server.requests()).toBeLessThanOrEqual(maxRetries + 1);
      expect(time.now()).toBeLessThanOrEqual(deadlineMs);
      expect(server.effects()).toBeLessThanOrEqual(1);
      if (first instanceof PaysagaError && first.effect === 'none') {
        expect(server.effects()).toBe(0);
      }
      // Whoever goes on with the same key comes to know, and it stays at one effect.
      let last = first;
      for (let call = 0; last instanceof PaysagaError; call++) {
        expect(call).toBeLessThan(20);
        last = await created();
      }
      expect(server.effects()).toBe(1);
      expect(last.id).toBe(server.payments.get('order-1')?.id);
      expect(answerOf(last)?.status).toBe(202);
    }),
    { numRuns: 300 },
  );
});
