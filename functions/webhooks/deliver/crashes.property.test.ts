import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  answered,
  aWebhookEndpoint,
  aWebhookEvent,
  webhookTerms,
  webhookWorld,
} from '../../../test/support/webhooks.ts';

const dayMs = 24 * 3_600_000;

/** A process that dies at a call, before or after it took effect, each time that its dice says so. */
function crashing(faults: readonly ('none' | 'before' | 'after')[]) {
  let call = 0;
  return <Port extends object>(port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([name, of]) => [
        name,
        async (...given: unknown[]) => {
          const fault = faults[call++] ?? 'none';
          if (fault === 'before') {
            throw new Error('crashed before');
          }
          const answer = await of(...given);
          if (fault === 'after') {
            throw new Error('crashed after');
          }
          return answer;
        },
      ]),
    ) as Port;
}

const fault = fc.constantFrom('none', 'none', 'none', 'before', 'after');
const status = fc.constantFrom(200, 200, 500, 302);

it('whatever crashes, each event comes to each endpoint, with one delivery that ends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { maxLength: 60 }),
      fc.array(status, { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      async (faults, statuses, events) => {
        const left = [...statuses];
        const world = webhookWorld({
          answer: () => answered(left.shift() ?? 200),
          disturbed: crashing(faults),
        });
        const endpoints = ['one', 'other'].map((name) => aWebhookEndpoint(name));
        for (const one of endpoints) {
          await world.endpoints.create(one);
        }
        const all = Array.from({ length: events }, (_, index) => aWebhookEvent(index + 1));
        for (const event of all) {
          // The bus gives an event again until its consumer has taken it.
          for (let taken = false; !taken; ) {
            taken = await world.publish(event).then(
              () => true,
              () => false,
            );
          }
        }
        await world.drain();
        await world.pass(4 * dayMs);
        for (const { id, url } of endpoints) {
          const log = await world.logOf({ tenant: 'acme', id });
          expect(log.map((one) => one.event.id)).toEqual(all.map((one) => one.id).toReversed());
          for (const { status: is, tries, attempts, dueAt, event } of log) {
            expect([is, dueAt]).toEqual(['delivered', null]);
            expect(attempts.map(({ number }) => number)).toEqual(
              Array.from({ length: tries }, (_, index) => index + 1),
            );
            const posts = world.posted.filter(
              (one) => one.url === url && one.headers['webhook-id'] === event.id,
            );
            expect(posts.length).toBeGreaterThanOrEqual(tries);
            expect(new Set(posts.map(({ body }) => body)).size).toBe(1);
          }
        }
        expect(world.queued).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});

it('a 410 disables with one notice to each, whatever crashes, if there is one try left to hear it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 25, size: 'max' }), async (faults) => {
      const world = webhookWorld({
        answer: ({ url }) => answered(url.endsWith('/one') ? 410 : 200),
        disturbed: crashing(faults),
      });
      const endpoint = aWebhookEndpoint('one');
      const other = aWebhookEndpoint('other', { events: ['webhook_endpoint.disabled'] });
      await world.endpoints.create(endpoint);
      await world.endpoints.create(other);
      const publish = (): Promise<void> => world.publish(aWebhookEvent(1)).catch(publish);
      await publish();
      await world.drain();
      await world.pass(webhookTerms.lostAfterMs * 6);
      const now = await world.endpoints.get('acme', endpoint.id);
      expect(now?.disabledReason).toBe('gone');
      const endings = async (of: typeof endpoint) =>
        (await world.logOf(of)).map(({ event, status: is }) => [event.type, is]);
      expect(await endings(endpoint)).toEqual([
        ['webhook_endpoint.disabled', 'abandoned'],
        ['payment.captured', 'abandoned'],
      ]);
      expect(await endings(other)).toEqual([['webhook_endpoint.disabled', 'delivered']]);
      const acts = await world.acts();
      expect(acts.map(({ action }) => action)).toEqual(['webhook.disable']);
    }),
    { numRuns: 300 },
  );
});
