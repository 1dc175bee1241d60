import type { SQSEvent, SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spec as projectListSpec } from '../../functions/payments/project-list/function.ts';
import { spec as projectTotalsSpec } from '../../functions/reports/project-totals/function.ts';
import { spec as fanOutSpec } from '../../functions/webhooks/fan-out/function.ts';
import { memoryPaymentList } from '../../shared/adapters/memory/payments/payment-list.ts';
import { memoryDailyTotals } from '../../shared/adapters/memory/projections/daily-totals.ts';
import { AnyEventSchema } from '../../shared/contracts/events/any-event.ts';
import {
  type PaymentEvent,
  PaymentEventSchema,
} from '../../shared/contracts/events/payment-events.ts';
import type { ProjectionRows } from '../../shared/ports/projections/projections.ts';
import { eventConsumer } from '../../shared/runtime/consumers/event-consumer.ts';
import { replayedEnvelope } from '../../shared/runtime/replay/envelope.ts';
import { lambdaContext } from '../support/api/api-event.ts';
import { aWebhookEndpoint, webhookWorld } from '../support/webhooks.ts';
import { replayWorld } from './world.ts';

const origin = { account: '000000000000', region: 'us-east-1' };
const common = {
  maxReceives: 5,
  deadLetter: async () => {
    throw new Error('nothing may become a dead letter');
  },
};

/** The consumers as their handlers make them, over memory. */
async function consumers() {
  const list = memoryPaymentList();
  const totals = memoryDailyTotals();
  const webhooks = webhookWorld();
  await webhooks.endpoints.create(aWebhookEndpoint('one', { created: '2000-01-01T00:00:00.000Z' }));
  const project = ({ project: into }: Pick<ProjectionRows, 'project'>) => ({
    ...common,
    schema: PaymentEventSchema,
    consume: async (event: PaymentEvent) => void (await into(event, 1)),
  });
  const handlers = [
    eventConsumer({ trigger: projectListSpec.trigger, ...project(list) }),
    eventConsumer({ trigger: projectTotalsSpec.trigger, ...project(totals) }),
    eventConsumer({
      trigger: fanOutSpec.trigger,
      ...common,
      schema: AnyEventSchema,
      consume: webhooks.publish,
    }),
  ];
  const rowsOf = async (rows: AsyncIterable<unknown>) => {
    const found: string[] = [];
    for await (const row of rows) {
      found.push(JSON.stringify(row));
    }
    return found.sort();
  };
  return {
    give: async (bodies: readonly object[]) => {
      const Records = bodies.map((body, index) => ({
        messageId: `m${index}`,
        body: JSON.stringify(body),
        attributes: { ApproximateReceiveCount: '1' },
      })) as SQSRecord[];
      for (const handler of handlers) {
        const answer = await handler({ Records } as SQSEvent, lambdaContext);
        expect(answer?.batchItemFailures).toEqual([]);
      }
      await webhooks.drain();
    },
    readModels: async () => [await rowsOf(list.rows(1)), await rowsOf(totals.rows(1))],
    posted: webhooks.posted,
  };
}

describe('replays', () => {
  it('of any events, any number of times and in any order, change no read model and send nothing outside', async () => {
    const { pay, payments } = await replayWorld();
    for (const [key, tenant] of [
      ['a', 'acme'],
      ['b', 'acme'],
      ['c', 'globex'],
    ]) {
      await pay(key as string, tenant);
    }
    const events = payments.allEvents;
    const picked = fc.array(fc.nat(events.length - 1), { maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(picked, fc.string(), async (places, name) => {
        const { give, readModels, posted } = await consumers();
        await give(events.map((event) => ({ detail: event })));
        const before = await readModels();
        const sent = posted.length;
        expect(sent).toBe(6);
        const replay = { name, sideEffects: false };
        await give(
          places.map((place) => replayedEnvelope(events[place] as PaymentEvent, replay, origin)),
        );
        expect(await readModels()).toEqual(before);
        expect(posted).toHaveLength(sent);
      }),
      { numRuns: 100 },
    );
  });

  it('that may have effects send each event once a replay, by its own id and in the same bytes', async () => {
    const { pay, payments } = await replayWorld();
    await pay('a');
    const events = payments.allEvents;
    const names = fc.array(fc.constantFrom('friday', 'monday'), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(names, async (given) => {
        const { give, posted } = await consumers();
        await give(events.map((event) => ({ detail: event })));
        const first = posted.map(({ body, headers }) => [headers['webhook-id'], body]);
        for (const name of given) {
          const replay = { name, sideEffects: true };
          await give(events.map((event) => replayedEnvelope(event, replay, origin)));
        }
        const all = posted.map(({ body, headers }) => [headers['webhook-id'], body]);
        const replays = new Set(given).size;
        expect(all.sort()).toEqual(
          Array(1 + replays)
            .fill(first)
            .flat()
            .sort(),
        );
      }),
      { numRuns: 50 },
    );
  });
});
