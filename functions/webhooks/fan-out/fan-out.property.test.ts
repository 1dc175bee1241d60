import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnyEventSchema } from '../../../shared/contracts/events/any-event.ts';
import { takes } from '../../../shared/domain/webhook/endpoint.ts';
import type { SendDelivery } from '../../../shared/ports/webhooks/webhooks.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import {
  answered,
  aWebhookEndpoint,
  aWebhookEvent,
  webhookWorld,
} from '../../../test/support/webhooks.ts';

const types = ['payment.captured', 'payment.failed', 'payout.paid'] as const;
const endpoint = fc.record({
  tenant: fc.constantFrom('acme', 'globex'),
  events: fc.constantFrom(['*'], ['payment.captured'], ['payout.paid', 'payment.failed']),
  disabledReason: fc.constantFrom(null, null, 'gone' as const),
  created: fc.integer({ min: 0, max: 60 }).map(timeAt),
});
const event = fc.record({
  ms: fc.integer({ min: 1, max: 60 }),
  tenant: fc.constantFrom('acme', 'globex'),
  type: fc.constantFrom(...types),
});

describe('the fan-out', () => {
  it('makes one delivery an endpoint and event, however often events and messages come, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(endpoint, { maxLength: 5 }),
        fc.array(event, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 16 }),
        async (given, events, repeats) => {
          const world = webhookWorld({ answer: () => answered(200) });
          const endpoints = given.map((one, index) => aWebhookEndpoint(`e${index}`, one));
          for (const one of endpoints) {
            await world.endpoints.create(one);
          }
          const all = events.map(({ ms, tenant, type }) =>
            aWebhookEvent(ms, { tenant, type, subject: aWebhookEvent(ms, { type: tenant }).id }),
          );
          const again = repeats.flatMap((at) => all[at % all.length] ?? []);
          for (const [index, one] of [...again, ...all].entries()) {
            await world.publish(one);
            world.queued.push(...world.queued.slice(0, index % 3));
          }
          await world.drain();
          for (const one of endpoints) {
            const expected = new Set(
              all
                .filter(({ tenant }) => tenant === one.tenant)
                .filter((sent) => takes(one, sent))
                .map(({ id }) => id),
            );
            const deliveries = await world.logOf(one);
            expect(deliveries.map((delivery) => delivery.event.id).sort()).toEqual(
              [...expected].sort(),
            );
            for (const delivery of deliveries) {
              expect(delivery).toMatchObject({ status: 'delivered', tries: 1 });
            }
          }
          const sent = world.posted.map(({ url, headers }) => `${url} ${headers['webhook-id']}`);
          expect(new Set(sent).size).toBe(sent.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('asks for the first try when the event comes again after it died before it could', async () => {
    let fails = 1;
    const world = webhookWorld({
      disturbed: (port) => ({
        ...port,
        ...('send' in port && {
          send: async (...given: Parameters<SendDelivery>) => {
            if (fails-- > 0) {
              throw new Error('no queue');
            }
            await (port.send as SendDelivery)(...given);
          },
        }),
      }),
    });
    await world.endpoints.create(aWebhookEndpoint('one'));
    await expect(world.publish(aWebhookEvent(1))).rejects.toThrow('no queue');
    await world.publish(aWebhookEvent(1));
    await world.drain();
    expect(world.posted).toHaveLength(1);
  });

  it('has the sequence of each event in its body, by which a receiver can order them', async () => {
    const world = webhookWorld();
    await world.endpoints.create(aWebhookEndpoint('one'));
    const sequences = [4, 2, 5, 1, 3];
    for (const sequence of sequences) {
      await world.publish(aWebhookEvent(sequence, { sequence }));
    }
    await world.drain();
    const received = world.posted.map(({ body }) => JSON.parse(body).sequence as number);
    expect(received).toEqual(sequences);
  });

  it('sends what the API shows of an event, and nothing else that came with it', async () => {
    const world = webhookWorld();
    const { event: accepted } = anAcceptedPayment(countingStamps());
    await world.endpoints.create(aWebhookEndpoint('one'));
    const { success, data } = AnyEventSchema.safeParse({ ...accepted, internal: 'VALUE' });
    expect(success).toBe(true);
    await world.publish(data as NonNullable<typeof data>);
    await world.drain();
    expect(JSON.parse(world.posted[0]?.body ?? '')).toEqual(accepted);
  });
});
