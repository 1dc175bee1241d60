import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentResource } from '../../shared/contracts/payment.ts';
import { apiClient, type ListBody } from '../support/deployed/api.ts';
import { stack, tenantOf } from '../support/deployed/stack.ts';
import { until } from '../support/deployed/until.ts';
import { verify } from '../support/deployed/verify.ts';

/** Of these no other test has a payment: so the simulator's totals are of this test alone. */
const currencies = ['KWD', 'BHD', 'THB'] as const;
const payments = 48;
const atOnce = 6;

const amountOf = (payment: PaymentResource, share: number) =>
  Math.max(1, Math.floor(payment.amount * share));

/** What is asked of a payment, legal or not, by shares of its amount. */
const action = fc.record({
  kind: fc.constantFrom('capture', 'capture', 'cancel', 'refund', 'refund', 'refund twice'),
  share: fc.constantFrom(0.2, 0.3, 0.5, 1, null),
  final: fc.boolean(),
});

const plan = fc.record({
  tenant: fc.constantFrom(0, 1),
  currency: fc.constantFrom(...currencies),
  amount: fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.constant(999_999_999_999)),
  capture_method: fc.constantFrom('automatic', 'manual', 'manual'),
  payment_method: fc.constantFrom(
    'tok_approve',
    'tok_approve',
    'tok_approve',
    'tok_capture_busy_once',
    'tok_refund_declined',
    'tok_void_declined',
    'tok_decline_lost_card',
  ),
  actions: fc.array(action, { minLength: 5, maxLength: 8 }),
});

type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** Carries a plan out, one request after the other, and gives back the payment and how many were answered how. */
async function carryOut({ tenant, actions, ...body }: Plan) {
  const api = apiClient(stack.apiUrl, tenantOf(tenant).apiKey);
  const wait = { prefer: 'wait=10' };
  const statuses: number[] = [];
  const taken = await api.pay(body, wait);
  statuses.push(taken.status);
  const { id } = await api.settled(taken.json.id);
  for (const { kind, share, final } of actions) {
    const { json: before } = await api.payment(id);
    const amount = share === null ? {} : { amount: amountOf(before, share) };
    const path = `/payments/${id}/${kind.startsWith('refund') ? 'refunds' : kind}`;
    const answers = await Promise.all(
      Array.from({ length: kind === 'refund twice' ? 2 : 1 }, () =>
        api.post<{ status: string }>(
          path,
          kind === 'cancel' ? {} : kind === 'capture' ? { ...amount, final } : amount,
          wait,
        ),
      ),
    );
    statuses.push(...answers.map(({ status }) => status));
  }
  await until(`the operations of ${id}`, async () => {
    const lists = await Promise.all(
      ['captures', 'cancellations', 'refunds'].map((kind) =>
        api.get<ListBody<{ status: string }>>(`/payments/${id}/${kind}`),
      ),
    );
    const open = lists.flatMap(({ json }) => json.data).filter((o) => o.status === 'processing');
    return open.length === 0 ? true : null;
  });
  return { payment: (await api.payment(id)).json, statuses };
}

describe('a few hundred operations, legal and illegal', () => {
  const done: Awaited<ReturnType<typeof carryOut>>[] = [];

  it('leave every payment within its bounds, and are refused by the rules alone', async () => {
    const plans = fc.sample(plan, { numRuns: payments, seed: 4 });
    const next = plans.entries();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const [, one] of next) {
          done.push(await carryOut(one));
        }
      }),
    );
    const statuses = done.flatMap((one) => one.statuses);
    expect(statuses.length).toBeGreaterThan(300);
    expect(statuses.filter((status) => ![200, 202, 409].includes(status))).toEqual([]);
    expect(statuses.filter((status) => status === 409).length).toBeGreaterThan(50);
    expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(100);
    for (const { payment } of done) {
      expect(payment.amount_captured).toBeLessThanOrEqual(payment.amount_authorized);
      expect(payment.amount_refunded).toBeLessThanOrEqual(payment.amount_captured);
    }
    const ended = new Set(done.map(({ payment }) => payment.status));
    for (const status of ['captured', 'canceled', 'failed'] as const) {
      expect(ended).toContain(status);
    }
  }, 480_000);

  it('are at the PSP what they are here', async () => {
    const totals = (await (await fetch(`${stack.simulatorUrl}/totals`)).json()) as Record<
      string,
      Record<string, number>
    >;
    for (const currency of currencies) {
      const own = done.map(({ payment }) => payment).filter((p) => p.currency === currency);
      const sum = (of: (payment: PaymentResource) => number) =>
        own.reduce((total, payment) => total + of(payment), 0);
      expect(totals[currency]).toMatchObject({
        authorized: sum((payment) => payment.amount_authorized),
        captured: sum((payment) => payment.amount_captured),
        refunded: sum((payment) => payment.amount_refunded),
        voided: sum((payment) =>
          ['captured', 'canceled', 'expired'].includes(payment.status)
            ? payment.amount_authorized - payment.amount_captured
            : 0,
        ),
      });
    }
  });

  it('leave books that an audit finds clean', async () => {
    const report = await verify();
    expect(report.differences).toEqual([]);
    expect(report.checked.payments).toBeGreaterThanOrEqual(payments);
  });
});
