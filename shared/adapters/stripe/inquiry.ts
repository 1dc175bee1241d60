import type { Inquiry, InquiryRequest } from '../../ports/provider.ts';
import { toStripe } from './objects/amounts.ts';
import { chargeOf, Intent, markOf, ours, Refund, read } from './objects/answers.ts';
import { approvalOf, closureOf, declineLeft, isOf, refundFinding } from './objects/findings.ts';
import type { CallOptions, StripeClient } from './sdk/client.ts';
import { failureOf } from './sdk/errors.ts';

const notFound = { kind: 'not_found' } as const;
const done = { kind: 'done' } as const;
const unavailable = (reason: string): Inquiry => ({ kind: 'unavailable', reason });

/** More refunds than a payment of ours may have. */
const maxRefunds = 1_000;

/**
 * Asks Stripe what became of an operation:
 * 1. the intent whose id is on record, or was told; where there is none, search the intents by our
 *    payment id in their metadata. The index lags, by a minute mostly and by
 *    more in an outage (docs.stripe.com/search): so a charge that is not in it is `not_found`, a "no"
 *    only after the settle window, and a charge that must be there is `unavailable`
 * 2. read the one intent itself, and its charge: that is consistent, unlike what the search shows
 * 3. a charge is what the intent says; a capture and a release of the rest are in its metadata under
 *    their ids; a cancellation is its status; a refund is in the list of its refunds
 */
export function inquireStripe({ stripe, begin }: StripeClient) {
  return async (request: InquiryRequest): Promise<Inquiry> => {
    try {
      const options = await begin();
      const found = request.providerReference
        ? { id: request.providerReference }
        : await search(stripe, request, options());
      if ('kind' in found) {
        return found;
      }
      const intent = read(
        Intent,
        await stripe.paymentIntents.retrieve(found.id, { expand: ['latest_charge'] }, options()),
      );
      if (!intent || intent.id !== found.id) {
        return unavailable('answered 200 with a body that is no intent');
      }
      if (intent.metadata[ours.payment] !== request.reference) {
        return unavailable('the charge is of another payment');
      }
      return request.kind === 'refund'
        ? await refundOf(stripe, request, intent, options)
        : findings[request.kind](intent, request);
    } catch (error) {
      const failure = failureOf(error, 'read');
      return unavailable(failure.kind === 'declined' ? failure.message : failure.reason);
    }
  };
}

/** The intent that an inquiry is about, by the search, or what there is instead. */
async function search(
  stripe: StripeClient['stripe'],
  request: InquiryRequest,
  options: CallOptions,
): Promise<Inquiry | { readonly id: string }> {
  const query = `metadata["${ours.payment}"]:${JSON.stringify(request.reference)}`;
  const { data, has_more: hasMore } = await stripe.paymentIntents.search(
    { query, limit: 100 },
    options,
  );
  const intents = data.map((item) => read(Intent, item));
  const own = intents.filter((intent) => intent?.metadata[ours.payment] === request.reference);
  if (hasMore || own.length < intents.length) {
    return unavailable('answered 200 with a body that is no list of the reference’s intents');
  }
  if (request.kind !== 'charge') {
    const [only, ...others] = own.filter((intent) => intent?.status !== 'requires_payment_method');
    return only && others.length === 0 ? only : unavailable('the charge itself is not found');
  }
  const [charge, ...others] = own.filter((intent) => intent && isOf(intent, request));
  if (others.length > 0) {
    return unavailable('the operation is on record more than once');
  }
  return charge ?? notFound;
}

type FromIntent = (intent: Intent, request: InquiryRequest) => Inquiry;

const findings: Readonly<Record<Exclude<InquiryRequest['kind'], 'refund'>, FromIntent>> = {
  charge: (intent, request) =>
    isOf(intent, request)
      ? (approvalOf(intent) ??
        declineLeft(intent) ??
        unavailable(`the charge is ${intent.status} there`))
      : unavailable('answered 200 with another intent than asked'),
  capture: (intent, { operationId, amountMinor, currency }) => {
    const known = intent.metadata[operationId];
    if (known === undefined) {
      return closureOf(intent) ?? notFound;
    }
    const asked = amountMinor === null ? null : toStripe(amountMinor, currency);
    return asked?.currency === intent.currency && known === markOf('capture', asked.amount)
      ? done
      : unavailable('the operation is on record as another one');
  },
  void: (intent, { operationId }) =>
    intent.status === 'canceled' || intent.metadata[operationId] === markOf('void', 0)
      ? done
      : (closureOf(intent) ?? notFound),
};

async function refundOf(
  stripe: StripeClient['stripe'],
  request: InquiryRequest,
  intent: Intent,
  options: () => CallOptions,
): Promise<Inquiry> {
  let after: string | undefined;
  for (let seen = 0; seen < maxRefunds; ) {
    const { data, has_more: hasMore } = await stripe.refunds.list(
      { payment_intent: intent.id, limit: 100, ...(after && { starting_after: after }) },
      options(),
    );
    const refunds = data.map((item) => read(Refund, item));
    const known = refunds.find((item) => item?.metadata?.[ours.operation] === request.operationId);
    if (known) {
      const finding =
        known.currency === intent.currency && known.payment_intent === intent.id
          ? refundFinding(known, request, chargeOf(intent.latest_charge))
          : ({ kind: 'unsure', reason: 'the refund is of another charge' } as const);
      return finding.kind === 'unsure' ? unavailable(finding.reason) : finding;
    }
    after = data.at(-1)?.id;
    if (refunds.includes(null) || (hasMore && !after)) {
      return unavailable('answered 200 with a body that is no list of refunds');
    }
    if (!hasMore) {
      return notFound;
    }
    seen += data.length;
  }
  return unavailable('the charge has more refunds than are looked through');
}
