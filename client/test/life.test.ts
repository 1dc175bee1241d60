import { describe, expect, it } from 'vitest';
import { memoryApi } from '../../test/support/api/memory-api.ts';
import { memoryFetch } from '../../test/support/api/memory-fetch.ts';
import { answeringPsp } from '../../test/support/psp/answering-psp.ts';
import { providersOf } from '../../test/support/psp/providers.ts';
import { resolveSchedule, says } from '../../test/support/sagas/paid.ts';
import { runningStage } from '../../test/support/sagas/running-stage.ts';
import { answerOf, type CreatePaymentRequest, isProblem, Paysaga } from '../src/index.ts';
import { baseUrl } from './support/scripted.ts';
import { passingTime } from './support/time.ts';

/** A client of the real handlers, whose sagas run while it waits. */
function aStage() {
  const { provider } = answeringPsp({
    charge: [says.authorized],
    capture: [says.done],
    refund: [says.done],
  });
  const stage = runningStage({
    providers: providersOf(provider),
    schedule: resolveSchedule,
    stuckAfterMs: 600_000,
  });
  const api = memoryApi(stage.memory);
  const memory = memoryFetch(api, baseUrl);
  const time = passingTime({ busy: memory.busy, meanwhile: stage.settle });
  const { fetch } = memory;
  const client = new Paysaga({ baseUrl, apiKey: 'key-of-acme', fetch, time, random: () => 0.5 });
  const follow = async () => {
    for (const event of stage.memory.allEvents) {
      await api.list.project(event, 1);
    }
  };
  return { client, run: time.until, settle: stage.settle, follow };
}

const body: CreatePaymentRequest = {
  amount: 10_000,
  currency: 'EUR',
  payment_method: 'tok_approve',
  capture_method: 'manual',
  merchant_reference: 'order-1',
};

describe('the life of a payment, over the real handlers', () => {
  it('is taken, captured, refunded, listed and told of', async () => {
    const { client, run, settle, follow } = aStage();
    const { payments } = client;
    const taken = await run(payments.create(body, { idempotencyKey: 'order-1' }));
    expect(taken).toMatchObject({ object: 'payment', status: 'processing', version: 1 });
    expect(answerOf(taken)).toMatchObject({ status: 202, replayed: false });

    const authorized = await run(payments.waitUntilFinal(taken));
    expect(authorized).toMatchObject({ id: taken.id, status: 'authorized' });
    expect(authorized.version).toBeGreaterThan(taken.version);

    const capture = await run(payments.capture(taken.id, { amount: 7_000, final: true }));
    expect(capture).toMatchObject({ object: 'capture', status: 'processing', amount: 7_000 });
    await settle();
    const captured = await run(payments.waitUntilFinal(authorized, { terminal: true }));
    expect(captured).toMatchObject({ status: 'captured', amount_captured: 7_000 });
    expect(await run(payments.getCapture(taken.id, capture.id))).toMatchObject({
      id: capture.id,
      status: 'succeeded',
    });

    await run(payments.refund(taken.id, { amount: 500, reason: 'broken' }));
    await settle();
    expect(await run(payments.refunds(taken.id).toArray())).toMatchObject([
      { object: 'refund', status: 'succeeded', amount: 500, reason: 'broken' },
    ]);
    expect(await run(payments.get(taken.id))).toMatchObject({ amount_refunded: 500 });

    await follow();
    const listed = await run(payments.list({ status: 'captured' }).toArray());
    expect(listed.map(({ id }) => id)).toEqual([taken.id]);
    const events = await run(payments.events(taken.id, { limit: 3 }).toArray());
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['payment.accepted', 'payment.captured', 'payment.refunded']),
    );
  });

  it('has one payment a key, and says so', async () => {
    const { client, run } = aStage();
    const create = () => run(client.payments.create(body, { idempotencyKey: 'order-1' }));
    const [first, again] = [await create(), await create()];
    expect(again).toEqual(first);
    expect([answerOf(first)?.replayed, answerOf(again)?.replayed]).toEqual([false, true]);
  });

  it('is refused by classes of errors', async () => {
    const { client, run } = aStage();
    const { payments } = client;
    const error = (call: Promise<unknown>) => run(call.catch((refused: unknown) => refused));
    const { id } = await run(payments.create(body, { idempotencyKey: 'order-1' }));
    const other = { ...body, amount: 1 };

    const reused = await error(payments.create(other, { idempotencyKey: 'order-1' }));
    expect(isProblem(reused, 'idempotency_key_reused')).toBe(true);
    const taken = await error(payments.create(other));
    expect(isProblem(taken, 'merchant_reference_taken') && taken.paymentId).toBe(id);
    const early = await error(payments.capture(id));
    expect(isProblem(early, 'invalid_state') && [early.state, early.allowed]).toEqual([
      'processing',
      [],
    ]);
    await run(payments.waitUntilFinal(id));
    const large = await error(payments.capture(id, { amount: 10_001 }));
    expect(isProblem(large, 'amount_too_large') && large.available).toBe(10_000);
    const wrong = await error(payments.create({ ...body, amount: 0 }));
    expect(isProblem(wrong, 'invalid_request') && wrong.errors[0]?.path).toBe('/amount');
    const unknown = await error(payments.get('4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd'));
    expect(isProblem(unknown, 'not_found')).toBe(true);
  });
});
