import type { CaptureRequest, OperationOutcome, RefundRequest } from '../../../ports/provider.ts';
import { fromStripe, toStripe } from '../objects/amounts.ts';
import { chargeOf, Intent, markOf, ours, Refund, read } from '../objects/answers.ts';
import { closureOf, refundFinding } from '../objects/findings.ts';
import type { CallOptions, StripeClient } from '../sdk/client.ts';
import { failureOf, rejectionOf, unknown } from '../sdk/errors.ts';

/** An operation on an intent that was read just now. */
export interface OnIntent<Request> {
  readonly stripe: StripeClient['stripe'];
  readonly intent: Intent;
  readonly request: Request;
  /** Options of the one request that may take effect: our operation id is Stripe's idempotency key. */
  readonly options: () => CallOptions & { readonly idempotencyKey: string };
}

const done = { kind: 'done' } as const;
const another = (noun: string) => unknown(`answered 200 with another ${noun} than asked`);

/**
 * Captures. What the intent says already is not asked again: Stripe forgets a key after a day, an
 * intent keeps its metadata. A capture that takes all that is left is the last one, as Stripe lets few
 * accounts capture more than once; one that leaves some and is not final needs such an account.
 */
export async function captureIntent({
  stripe,
  intent,
  request: { operationId, amountMinor, currency, final },
  options,
}: OnIntent<CaptureRequest>): Promise<OperationOutcome> {
  const asked = toStripe(amountMinor, currency);
  if (asked?.currency !== intent.currency) {
    return rejectionOf(asked ? 'currency_mismatch' : 'amount_not_representable');
  }
  const mark = markOf('capture', asked.amount);
  const known = intent.metadata[operationId];
  if (known !== undefined) {
    return known === mark ? done : unknown('the operation is on record as another one');
  }
  const closed = closureOf(intent);
  if (closed) {
    return closed;
  }
  const isLast = final || asked.amount === intent.amount_capturable;
  const answer = read(
    Intent,
    await stripe.paymentIntents.capture(
      intent.id,
      {
        amount_to_capture: asked.amount,
        ...(!isLast && { final_capture: false }),
        metadata: { [operationId]: mark },
      },
      options(),
    ),
  );
  // Other captures may have come in between: what there is in all can be more than before and this.
  const isDone =
    answer?.id === intent.id &&
    answer.metadata[operationId] === mark &&
    answer.currency === asked.currency &&
    answer.amount_received >= asked.amount &&
    (isLast
      ? answer.status === 'succeeded' && answer.amount_capturable === 0
      : answer.status === 'requires_capture');
  return isDone ? done : another('capture');
}

/**
 * Gives back what is authorized and not captured: by canceling the intent, or, as one of which a part
 * is captured cannot be canceled, by a last capture of nothing (docs.stripe.com/payments/multicapture).
 */
export async function voidIntent({
  stripe,
  intent,
  request: { operationId },
  options,
}: OnIntent<{ readonly operationId: string }>): Promise<OperationOutcome> {
  const mark = markOf('void', 0);
  if (intent.status === 'canceled' || intent.metadata[operationId] === mark) {
    return done;
  }
  const closed = closureOf(intent);
  if (closed) {
    return closed;
  }
  const isUntouched = intent.amount_received === 0;
  const answer = read(
    Intent,
    isUntouched
      ? await stripe.paymentIntents.cancel(intent.id, {}, options())
      : await stripe.paymentIntents.capture(
          intent.id,
          { amount_to_capture: 0, final_capture: true, metadata: { [operationId]: mark } },
          options(),
        ),
  );
  const isDone =
    answer?.id === intent.id &&
    answer.status === (isUntouched ? 'canceled' : 'succeeded') &&
    answer.amount_capturable === 0;
  return isDone ? done : another('void');
}

/** More refunds than a payment of ours may have. */
const maxRefunds = 100;

/**
 * Refunds. What there is under the operation's id already is not asked for again: Stripe forgets a key
 * after a day, and keeps a refund. One that failed is another refund when it is asked for anew, under a
 * key of its own. The payment's id goes with it for the notices, which do not carry the intent.
 */
export async function refundIntent({
  stripe,
  intent,
  request: { operationId, amountMinor },
  options,
}: OnIntent<RefundRequest>): Promise<OperationOutcome> {
  const { currency = '' } = fromStripe(intent) ?? {};
  const asked = amountMinor === null ? null : toStripe(amountMinor, currency);
  if (amountMinor !== null && !asked) {
    return rejectionOf('amount_not_representable');
  }
  const known = await refundsOf(stripe, intent, operationId, options);
  if (known === null) {
    return { kind: 'busy', reason: 'not sent, as the refunds of the charge could not be read' };
  }
  const standing = known.find(({ status }) => status !== 'failed' && status !== 'canceled');
  if (standing) {
    const finding = refundFinding(standing, { amountMinor }, chargeOf(standing.charge));
    return finding.kind === 'unsure' ? unknown(finding.reason) : finding;
  }
  const { idempotencyKey, ...rest } = options();
  const refund = read(
    Refund,
    await stripe.refunds.create(
      {
        payment_intent: intent.id,
        ...(asked && { amount: asked.amount }),
        metadata: {
          [ours.payment]: intent.metadata[ours.payment] ?? '',
          [ours.operation]: operationId,
        },
        expand: ['charge'],
      },
      {
        ...rest,
        idempotencyKey: known.length === 0 ? idempotencyKey : `${idempotencyKey}.${known.length}`,
      },
    ),
  );
  if (
    refund?.payment_intent !== intent.id ||
    refund.metadata?.[ours.operation] !== operationId ||
    refund.currency !== intent.currency
  ) {
    return another('refund');
  }
  const finding = refundFinding(refund, { amountMinor }, chargeOf(refund.charge));
  return finding.kind === 'unsure' ? unknown(finding.reason) : finding;
}

/** The refunds of an intent under an operation's id; null when they could not be read, or are too many. */
async function refundsOf(
  stripe: StripeClient['stripe'],
  intent: Intent,
  operationId: string,
  options: OnIntent<RefundRequest>['options'],
): Promise<Refund[] | null> {
  try {
    const { idempotencyKey: _, ...reading } = options();
    const { data, has_more: hasMore } = await stripe.refunds.list(
      { payment_intent: intent.id, limit: maxRefunds, expand: ['data.charge'] },
      reading,
    );
    const refunds = data.map((item) => read(Refund, item));
    return hasMore || refunds.includes(null)
      ? null
      : refunds.filter(
          (refund): refund is Refund => refund?.metadata?.[ours.operation] === operationId,
        );
  } catch (error) {
    failureOf(error, 'read');
    return null;
  }
}
