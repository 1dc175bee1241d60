import { Stripe } from 'stripe';
import * as z from 'zod/mini';
import type { ProviderNoticeMessage } from '../../contracts/events/notices.ts';
import { InvalidSignature, type VerifyNotices } from '../../ports/webhooks/notice-verifier.ts';
import { fromStripe, type StripeAmount } from './objects/amounts.ts';
import { Intent, ours, Refund, read } from './objects/answers.ts';

/** How old a signature may be, or, which the SDK does not look at, how far ahead. */
const toleranceSeconds = 300;

/** As much of a text that is no event as a person looks at. */
const mostText = 32 * 1024;

/** What is read of an event. Its `data.object` is the thing as the event left it. */
const Event = z.object({
  id: z.string(),
  type: z.string(),
  created: z.int(),
  data: z.object({ object: z.unknown() }),
  /** Of the request that made it happen; absent when that was none of ours, as at the end of a hold. */
  request: z.nullish(z.object({ idempotency_key: z.nullish(z.string()) })),
});
type Event = z.infer<typeof Event>;

const Dispute = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: z.string(),
  reason: z.string(),
  payment_intent: z.nullish(z.string()),
  balance_transactions: z.array(z.object({ amount: z.int(), fee: z.int(), currency: z.string() })),
});

type Notice = Pick<ProviderNoticeMessage, 'type'> & { readonly data: unknown };

/**
 * What Stripe tells unasked, as our notices: those of intents and refunds that have our ids. Others of
 * the account are none of ours. The events to subscribe to are the keys of `readers`.
 *
 * A dispute names the intent and not our payment: its notice has `reference` null.
 */
export function stripeNotices(secret: string): VerifyNotices {
  return (headers, rawBody, nowMs) => {
    const event = read(Event, signedEvent(secret, headers.get('stripe-signature'), rawBody, nowMs));
    if (!event) {
      return [rawBody.toString('utf8').slice(0, mostText)];
    }
    const reader = Object.hasOwn(readers, event.type) ? readers[event.type] : undefined;
    const notice = reader?.(event.data.object, event);
    if (notice === unreadable) {
      // For a person, who can look it up there: the object itself has a customer's data.
      return [{ id: event.id, provider: 'stripe', type: event.type, unreadable: true }];
    }
    const time = new Date(event.created * 1_000).toISOString();
    return notice ? [{ id: event.id, provider: 'stripe', time, ...notice }] : [];
  };
}

/**
 * The event that was signed; null when what was signed is none.
 *
 * @throws InvalidSignature with a reason of the SDK's, which names neither the body nor the secret
 */
function signedEvent(
  secret: string,
  signature: string | undefined,
  rawBody: Buffer,
  nowMs: number,
): unknown {
  const signedMs = 1_000 * Number(/(?:^|,)t=(\d+)/.exec(signature ?? '')?.[1]);
  if (signedMs - nowMs > 1_000 * toleranceSeconds) {
    throw new InvalidSignature('Timestamp ahead of ours');
  }
  try {
    const { signature: verifier } = Stripe.webhooks;
    if (!verifier) {
      throw new Error('the SDK cannot verify');
    }
    verifier.verifyHeader(rawBody, signature ?? '', secret, toleranceSeconds, undefined, nowMs);
  } catch (error) {
    // Whatever it threw, the signature is not verified: of a header that is odd the SDK throws plain
    // errors.
    const isRefused = error instanceof Stripe.errors.StripeSignatureVerificationError;
    throw new InvalidSignature(isRefused ? error.message.split('.')[0] : 'it cannot be read');
  }
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return null;
  }
}

/** Of a type that we read, and in a form that we cannot: as from another version of the API. */
const unreadable = Symbol('unreadable');

/** Null for what is none of ours. */
type Reader = (object: unknown, event: Event) => Notice | typeof unreadable | null;

const readers: Readonly<Record<string, Reader>> = {
  'payment_intent.amount_capturable_updated': intentReader((intent, event) =>
    isOperation(intent, event) ? captured(intent, event) : charged(intent, 'charge.approved'),
  ),
  'payment_intent.succeeded': intentReader((intent, event) =>
    intent.capture_method === 'manual'
      ? captured(intent, event)
      : charged(intent, 'charge.approved'),
  ),
  'payment_intent.payment_failed': intentReader((intent) => charged(intent, 'charge.declined')),
  'payment_intent.canceled': intentReader((intent, event) => operated(intent, event, null)),
  'refund.created': refunded,
  'refund.updated': refunded,
  'refund.failed': refunded,
  'charge.dispute.funds_withdrawn': disputed,
  'charge.dispute.created': disputed,
  'charge.dispute.closed': disputed,
};

/** Reads an intent that is ours; any other is nothing that we have to know. */
function intentReader(notice: (intent: Intent, event: Event) => Notice | null): Reader {
  return (object, event) => {
    const intent = read(Intent, object);
    if (!intent) {
      return unreadable;
    }
    return intent.metadata[ours.payment] && intent.metadata[ours.operation]
      ? notice(intent, event)
      : null;
  };
}

/** Tells whether a request of ours made it happen that was not the charge itself. */
function isOperation({ metadata }: Intent, { request }: Event): boolean {
  return Boolean(request?.idempotency_key) && request?.idempotency_key !== metadata[ours.operation];
}

function charged(intent: Intent, type: 'charge.approved' | 'charge.declined'): Notice | null {
  return resultOf(type, intent, {
    operationId: intent.metadata[ours.operation],
    providerReference: intent.id,
    money: intent,
  });
}

/** A capture, or a release of the rest: the intent has what it moved under its id. */
function captured(intent: Intent, event: Event): Notice | null {
  const [kind, amount] = intent.metadata[event.request?.idempotency_key ?? '']?.split(' ') ?? [];
  return kind ? operated(intent, event, kind === 'capture' ? Number(amount) : null) : null;
}

function operated(intent: Intent, { request }: Event, amount: number | null): Notice | null {
  return resultOf('operation.succeeded', intent, {
    operationId: request?.idempotency_key,
    providerReference: intent.id,
    money: { amount, currency: intent.currency },
  });
}

function refunded(object: unknown): Notice | typeof unreadable | null {
  const refund = read(Refund, object);
  if (!refund) {
    return unreadable;
  }
  const type = endOfRefund(refund);
  return type
    ? resultOf(type, refund, {
        operationId: refund.metadata?.[ours.operation],
        providerReference: refund.payment_intent ?? null,
        money: refund,
      })
    : null;
}

/** A refund that is pending is no end: it may fail yet. */
function endOfRefund({ status }: Refund): 'operation.succeeded' | 'operation.declined' | null {
  switch (status) {
    case 'succeeded':
      return 'operation.succeeded';
    case 'failed':
    case 'canceled':
      return 'operation.declined';
    default:
      return null;
  }
}

interface Result {
  readonly operationId: string | null | undefined;
  readonly providerReference: string | null;
  readonly money: { readonly amount: number | null; readonly currency: string };
}

function resultOf(
  type: Extract<ProviderNoticeMessage['type'], `charge.${string}` | `operation.${string}`>,
  { metadata }: Pick<Intent | Refund, 'metadata'>,
  { operationId, providerReference, money: { amount, currency } }: Result,
): Notice | null {
  const reference = metadata?.[ours.payment];
  if (!reference || !operationId) {
    return null;
  }
  return {
    type,
    data: {
      reference,
      operation_id: operationId,
      provider_reference: providerReference,
      amount: amount === null ? null : (ourMinor({ amount, currency }) ?? amount),
      currency: currency.toUpperCase(),
    },
  };
}

function ourMinor(money: StripeAmount): number | null {
  return fromStripe(money)?.amountMinor ?? null;
}

/**
 * A dispute, once the money of it was taken: an inquiry of the issuer (`warning_...`) takes none. The
 * fee counts where Stripe took it in the currency of the dispute; in another one it is in no currency
 * that the payment has, and is Stripe's line in the settlement alone.
 */
function disputed(object: unknown): Notice | typeof unreadable | null {
  const dispute = read(Dispute, object);
  if (!dispute) {
    return unreadable;
  }
  const taken = dispute.balance_transactions.find(({ amount }) => amount < 0);
  if (!taken || dispute.status.startsWith('warning_')) {
    return null;
  }
  const { id, currency, status, reason } = dispute;
  const type =
    status === 'won' ? 'dispute.won' : status === 'lost' ? 'dispute.lost' : 'dispute.opened';
  return {
    type,
    data: {
      dispute_id: id,
      reference: null,
      provider_reference: dispute.payment_intent ?? null,
      amount: ourMinor(dispute) ?? dispute.amount,
      fee: taken.currency === currency ? (ourMinor({ amount: taken.fee, currency }) ?? 0) : 0,
      currency: currency.toUpperCase(),
      reason: reason.slice(0, 64),
    },
  };
}
