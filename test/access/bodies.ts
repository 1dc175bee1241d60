import { operationId } from '../../shared/domain/ids.ts';
import type { Currency } from '../../shared/domain/money/currency.ts';

/** The ids of a path, by their names. */
export type Ids = Readonly<Record<string, string>>;

/** Of the merchant whose currency it is. */
export const customerWith = (currency: Currency) => `customer-${currency}`;

const bodies: Readonly<Record<string, (ids: Ids, currency: Currency) => object>> = {
  createPayment: (_, currency) => ({
    amount: 10_000,
    currency,
    payment_method: 'tok_approve',
    capture_method: 'manual',
    customer: { id: customerWith(currency), name: 'Ada Byron' },
  }),
  capturePayment: () => ({}),
  cancelPayment: () => ({}),
  refundPayment: () => ({ amount: 100 }),
  approveRefund: () => ({ amount: 100, reason: 'the goods came back' }),
  eraseCustomer: () => ({ reason: 'asked for by the customer' }),
  createPayout: (_, currency) => ({ amount: 100, currency, destination: 'ba_approve' }),
  createConversion: (_, from) => ({ amount: 100, from, to: 'JPY' }),
  resolveBreak: () => ({ reason: 'paid by hand' }),
  resolveParked: ({ payment_id = '' }) => ({
    operation_id: operationId(payment_id, 'charge'),
    outcome: 'resume',
    reason: 'looked it up at the PSP',
  }),
  redriveDeadLetter: () => ({ dry_run: false, reason: 'the table is back' }),
  discardDeadLetter: () => ({ reason: 'looked it up: nothing is lost' }),
  approveOperatorAct: () => ({
    act: 'dead_letter.redrive',
    subject: operationId('nothing', 'charge'),
    reason: 'looked at it as well',
  }),
  createWebhookEndpoint: () => ({ url: 'https://hooks.example.com/a' }),
  updateWebhookEndpoint: () => ({ description: 'the shop' }),
  rotateWebhookSecret: () => ({}),
};

/** The query that an endpoint is asked with: nothing, but where something is required. */
export function queryOf(name: string, currency: Currency): Readonly<Record<string, string[]>> {
  return name === 'getBalanceReport' ? { currency: [currency] } : {};
}

/** A body that the endpoint takes; undefined for one that takes none. */
export function bodyOf(name: string, ids: Ids, currency: Currency): object | undefined {
  return bodies[name]?.(ids, currency);
}
