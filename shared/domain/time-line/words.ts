import type {
  PaymentEvent,
  PaymentEventType,
  PaymentFact,
} from '../../contracts/events/payment-events.ts';
import { formatMinor } from '../money/currency.ts';

type FactsOf<T extends PaymentEventType> = Extract<PaymentFact, { type: T }>['facts'];

/** Writes an amount of the payment's currency, in minor units. */
type Money = (amountMinor: number) => string;

const because = (reason: string | null) => (reason === null ? '' : `: ${reason}`);
const tookEffect = { took_effect: 'it took effect', no_effect: 'it had no effect' } as const;

/** What each event says, in a sentence without its end. It tells nothing of who pays. */
const sentences: {
  readonly [T in PaymentEventType]: (facts: FactsOf<T>, money: Money) => string;
} = {
  'payment.accepted': ({ request }, money) =>
    `a payment of ${money(request.amount)} was accepted, to be captured ${request.capture_method === 'automatic' ? 'at once' : 'on request'}`,
  'payment.reserved': ({ amount, provider }, money) =>
    `${money(amount)} is held in the ledger, and the charge goes to ${provider}`,
  'payment.execution_restarted': () =>
    'the saga began anew, or another execution took it over: what was sent before may have left no trace',
  'payment.provider_busy': ({ provider, reason }) =>
    `${provider} was busy and did nothing${because(reason)}`,
  'payment.charge_retried': ({ provider, retry }) =>
    `the charge is sent to ${provider} again, retry ${retry}`,
  'payment.rerouted': ({ from, to, reason }) =>
    `the charge goes to ${to} now, as ${from} did nothing${because(reason)}`,
  'payment.authorized': ({ amount, provider, provider_reference, expires }, money) =>
    `${provider} holds ${money(amount)} as ${provider_reference} until ${expires}`,
  'payment.captured': ({ amount, fee, provider, provider_reference, final }, money) =>
    `${provider} took ${money(amount)} as ${provider_reference}, for a fee of ${money(fee)}${final ? '' : '; the rest is held still'}`,
  'payment.charge_declined': ({ provider, code, message }) =>
    `${provider} declined the charge: ${code}, ${message}`,
  'payment.charge_mismatched': ({ provider, provider_reference, amount, currency }) =>
    `${provider} approved something else than was asked, ${currency} ${amount} in minor units as ${provider_reference}: it has to be reversed`,
  'payment.outcome_unknown': ({ operation, reason }) =>
    `nobody knows what became of the ${operation}${because(reason)}`,
  'payment.resumed': ({ reason }) => `the saga begins anew${because(reason)}`,
  'payment.parked': ({ operation, reason }) =>
    `the ${operation} waits for a person${because(reason)}`,
  'payment.outcome_resolved': ({ operation, outcome, by, reason }) =>
    `${by} says of the ${operation} that ${tookEffect[outcome]}${because(reason)}`,
  'payment.charge_reversed': ({ provider, means }) =>
    `the charge was undone at ${provider}, by a ${means}`,
  'payment.reservation_released': () => 'what was held in the ledger is released',
  'payment.failed': ({ code, message }) => `the payment failed: ${code}, ${message}`,
  'payment.capture_requested': ({ amount, final }, money) =>
    `a ${final ? 'final ' : ''}capture of ${money(amount)} was asked for`,
  'payment.cancel_requested': ({ amount, cause, reason }, money) =>
    cause === 'expired'
      ? `the authorization is over: ${money(amount)} is to be given back`
      : `the cancellation of ${money(amount)} was asked for${because(reason)}`,
  'payment.refund_requested': ({ amount, reason }, money) =>
    `a refund of ${money(amount)} was asked for${because(reason)}`,
  'payment.operation_started': () => 'its saga took the operation on',
  'payment.operation_restarted': () =>
    'the saga of the operation began anew, or another execution took it over',
  'payment.capture_resumed': ({ reason }) =>
    `the saga of the capture begins anew${because(reason)}`,
  'payment.cancel_resumed': ({ reason }) =>
    `the saga of the cancellation begins anew${because(reason)}`,
  'payment.refund_resumed': ({ reason }) => `the saga of the refund begins anew${because(reason)}`,
  'payment.operation_declined': ({ provider, code, message }) =>
    `${provider} declined the operation: ${code}, ${message}`,
  'payment.operation_failed': ({ operation, code, message }) =>
    `the ${operation} failed: ${code}, ${message}`,
  'payment.canceled': ({ amount, provider }, money) =>
    `${money(amount)} is given back, at ${provider} and in the ledger`,
  'payment.expired': ({ amount, provider }, money) =>
    `the authorization expired: ${money(amount)} is given back, at ${provider} and in the ledger`,
  'payment.refund_held': ({ amount }, money) =>
    `${money(amount)} is on its way back, in transit in the ledger`,
  'payment.refund_returned': ({ amount }, money) =>
    `the refund of ${money(amount)} went back to the merchant`,
  'payment.refunded': ({ amount, provider }, money) => `${provider} refunded ${money(amount)}`,
  'payment.dispute_opened': ({ dispute_id, provider, amount, fee, reason }, money) =>
    `the cardholder disputes ${money(amount)} at ${provider} as ${dispute_id}, for a fee of ${money(fee)}${because(reason)}`,
  'payment.dispute_won': ({ dispute_id }) =>
    `the dispute ${dispute_id} was decided for the merchant: the amount comes back`,
  'payment.dispute_lost': ({ dispute_id }) =>
    `the dispute ${dispute_id} was decided for the cardholder`,
};

/** What happened, in words, with amounts in the payment's currency. */
export function sentenceOf(event: PaymentEvent): string {
  const { currency } = event.data.payment;
  const say = sentences[event.type] as (facts: unknown, money: Money) => string;
  return say(event.data, (amountMinor) => formatMinor(amountMinor, currency));
}
