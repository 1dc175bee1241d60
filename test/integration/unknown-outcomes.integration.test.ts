import { describe, expect, it } from 'vitest';
import type { RefundResource } from '../../shared/contracts/operations/operations.ts';
import { operationId } from '../../shared/domain/ids.ts';
import { apiClient, type ListBody } from '../support/deployed/api.ts';
import { stack, tenantOf } from '../support/deployed/stack.ts';
import { until } from '../support/deployed/until.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
const wait = { prefer: 'wait=10' };
/** The schedule of the local stage asks seven times in 83 s, and each may take the PSP's deadline. */
const knownWithinMs = 240_000;

async function effectsOf(id: string): Promise<number> {
  const response = await fetch(`${stack.simulatorUrl}/operations/${id}`);
  return ((await response.json()) as { effects: number }).effects;
}

const typesOf = async (id: string) => (await acme.events(id)).map(({ type }) => type.slice(8));

describe.concurrent('a charge that nobody answered', () => {
  it.each([
    ['tok_timeout_then_approved', 'captured', null, 1],
    ['tok_5xx_after_effect', 'captured', null, 1],
    ['tok_late_webhook', 'captured', null, 1],
    ['tok_timeout_then_declined', 'failed', 'do_not_honor', 0],
    ['tok_timeout_never_arrived', 'failed', 'not_processed', 0],
    ['tok_down_at_first_psp', 'failed', 'not_processed', 0],
  ])(
    '%s is asked for, and ends %s',
    async (payment_method, status, code, effects) => {
      const { json } = await acme.pay({ amount: 4_200, currency: 'MXN', payment_method });
      const payment = await acme.settled(json.id, knownWithinMs);
      expect(payment).toMatchObject({ status, failure: code === null ? null : { code } });
      expect(await effectsOf(operationId(json.id, 'charge'))).toBe(effects);
      const types = await typesOf(json.id);
      expect(types.slice(0, 3)).toEqual(['accepted', 'reserved', 'outcome_unknown']);
      expect(types.slice(3)).toEqual(
        code === null
          ? ['captured']
          : ['charge_declined', 'resumed', 'execution_restarted', 'reservation_released', 'failed'],
      );
    },
    knownWithinMs,
  );

  it(
    'and that no inquiry gets an answer about is parked, until a person says what it was',
    async () => {
      const { json } = await acme.pay({
        amount: 5_000,
        currency: 'ZAR',
        payment_method: 'tok_timeout_forever',
      });
      await until(
        'the payment parked',
        async () => ((await typesOf(json.id)).includes('parked') ? true : null),
        { withinMs: knownWithinMs },
      );
      const operator = apiClient(stack.apiUrl, tenantOf(2).apiKey);
      const listed = async () =>
        (await operator.get<ListBody<{ operation_id: string }>>('/operations/parked?limit=100'))
          .json.data;
      const id = operationId(json.id, 'charge');
      await until('the parked list', async () =>
        (await listed()).some(({ operation_id }) => operation_id === id) ? true : null,
      );
      const body = {
        operation_id: id,
        outcome: 'took_effect',
        reason: 'seen in the dashboard of the PSP',
        provider_reference: 'ch_seen_there',
      };
      const path = `/operations/parked/${json.id}/resolve`;
      expect((await acme.post(path, body)).status).toBe(403);
      expect((await operator.post(path, { ...body, reason: '' })).status).toBe(400);
      expect((await operator.post(path, body)).status).toBe(200);
      expect(await acme.settled(json.id)).toMatchObject({ status: 'captured' });
      expect((await typesOf(json.id)).slice(-2)).toEqual(['outcome_resolved', 'captured']);
      await until('the parked list without it', async () =>
        (await listed()).some(({ operation_id }) => operation_id === id) ? null : true,
      );
    },
    knownWithinMs + 60_000,
  );
});

describe.concurrent('an operation that nobody answered', () => {
  it.each([
    ['capture', 'tok_capture_timeout_then_captured', 'captured'],
    ['cancel', 'tok_void_timeout_then_voided', 'canceled'],
  ] as const)(
    '%s is asked for, and done',
    async (operation, payment_method, status) => {
      const paid = await acme.pay(
        { amount: 3_000, currency: 'INR', payment_method, capture_method: 'manual' },
        wait,
      );
      const { id } = await acme.settled(paid.json.id);
      const { json } = await acme.post<{ id: string }>(`/payments/${id}/${operation}`, {});
      const ended = await until(
        `the ${operation}`,
        async () => {
          const payment = (await acme.payment(id)).json;
          return payment.status === 'authorized' ? null : payment;
        },
        { withinMs: knownWithinMs },
      );
      expect(ended.status).toBe(status);
      expect(await typesOf(id)).toContain('outcome_unknown');
      expect(await effectsOf(json.id)).toBe(1);
    },
    knownWithinMs,
  );

  it.each([
    ['tok_refund_timeout_then_refunded', 'succeeded', 1],
    ['tok_refund_never_answers', 'failed', 0],
  ] as const)(
    'a refund with %s has %s in the end',
    async (payment_method, status, effects) => {
      const paid = await acme.pay({ amount: 3_000, currency: 'ILS', payment_method }, wait);
      const { id } = await acme.settled(paid.json.id);
      const { json } = await acme.post<RefundResource>(`/payments/${id}/refunds`, {
        amount: 1_000,
      });
      const refund = await until(
        'the refund',
        async () => {
          const now = (await acme.get<RefundResource>(`/payments/${id}/refunds/${json.id}`)).json;
          return now.status === 'processing' ? null : now;
        },
        { withinMs: knownWithinMs },
      );
      expect(refund.status).toBe(status);
      expect(await effectsOf(json.id)).toBe(effects);
    },
    knownWithinMs,
  );
});

describe.concurrent('a notice', () => {
  it.each(['tok_duplicate_webhook', 'tok_early_webhook', 'tok_contradicting_webhook'])(
    'as %s has it leaves the payment what the PSP answered',
    async (payment_method) => {
      const { json } = await acme.pay({ amount: 900, currency: 'SGD', payment_method });
      expect(await acme.settled(json.id)).toMatchObject({ status: 'captured' });
      expect(await typesOf(json.id)).toEqual(['accepted', 'reserved', 'captured']);
      expect(await effectsOf(operationId(json.id, 'charge'))).toBe(1);
    },
    90_000,
  );
});
