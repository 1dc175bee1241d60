import type {
  ChargeOutcome,
  ChargeRequest,
  OperationOutcome,
  Provider,
  VoidRequest,
} from '../../ports/provider.ts';
import { inquireStripe } from './inquiry.ts';
import { toStripe } from './objects/amounts.ts';
import { Intent, ours, read } from './objects/answers.ts';
import { approvalOf, isOf } from './objects/findings.ts';
import { captureIntent, type OnIntent, refundIntent, voidIntent } from './operations/operations.ts';
import { stripeRemembersChargesMs } from './remembers.ts';
import { type StripeOptions, stripeClient } from './sdk/client.ts';
import { failureOf, rejectionOf, unknown } from './sdk/errors.ts';

/**
 * Stripe as a provider, by PaymentIntents, for cards (decisions/0016). A charge is one request. Any
 * other operation reads the intent first: nothing is sent while that fails.
 */
export function stripeProvider(options: StripeOptions): Provider {
  const client = stripeClient(options);
  const { stripe, begin } = client;

  const charge = async (request: ChargeRequest): Promise<ChargeOutcome> => {
    const { operationId, reference, capture } = request;
    const money = toStripe(request.amountMinor, request.currency);
    if (!money) {
      return rejectionOf('amount_not_representable', request.currency);
    }
    try {
      const timeLeft = await begin();
      const answer = await stripe.paymentIntents.create(
        {
          ...money,
          payment_method: request.paymentMethod,
          // Cards answer at once. What takes days, or sends the customer elsewhere, has no place here.
          allowed_payment_method_types: ['card'],
          capture_method: capture ? 'automatic' : 'manual',
          confirm: true,
          error_on_requires_action: true,
          metadata: { [ours.payment]: reference, [ours.operation]: operationId },
          ...(!capture && {
            payment_method_options: { card: { request_multicapture: 'if_available' } },
          }),
          expand: ['latest_charge'],
        },
        { ...timeLeft(), idempotencyKey: operationId },
      );
      const intent = read(Intent, answer);
      if (!intent) {
        return unknown('answered 200 with a body that is no intent');
      }
      const approval = isOf(intent, request) && isUntouched(intent) ? approvalOf(intent) : null;
      return approval ?? unknown('answered 200 with another intent than asked');
    } catch (error) {
      return failureOf(error, 'charge');
    }
  };

  /** Reads an intent, within the time of an operation that begins with it. */
  const readIntent = async (id: string) => {
    try {
      const timeLeft = await begin();
      const intent = read(Intent, await stripe.paymentIntents.retrieve(id, {}, timeLeft()));
      return intent?.id === id
        ? { intent, timeLeft }
        : { failure: 'answered 200 with a body that is not the intent' };
    } catch (error) {
      const failure = failureOf(error, 'read');
      return { failure: failure.kind === 'declined' ? failure.message : failure.reason };
    }
  };

  const operate =
    <Request extends VoidRequest>(
      kind: 'capture' | 'void' | 'refund',
      act: (on: OnIntent<Request>) => Promise<OperationOutcome>,
    ) =>
    async (request: Request): Promise<OperationOutcome> => {
      const before = await readIntent(request.providerReference);
      if ('failure' in before) {
        return busy(before.failure);
      }
      const { intent, timeLeft } = before;
      try {
        return await act({
          stripe,
          intent,
          request,
          options: () => ({ ...timeLeft(), idempotencyKey: request.operationId }),
        });
      } catch (error) {
        return failureOf(error, kind);
      }
    };

  return {
    name: 'stripe',
    remembersChargesMs: stripeRemembersChargesMs,
    charge,
    capture: operate('capture', captureIntent),
    void: operate('void', voidIntent),
    refund: operate('refund', refundIntent),
    inquire: inquireStripe(client),
    referenceOf: async (providerReference) => {
      const found = await readIntent(providerReference);
      if ('failure' in found) {
        throw new Error(`the charge could not be read: ${found.failure}`);
      }
      return found.intent.metadata[ours.payment] ?? null;
    },
  };
}

/** As a charge leaves it: the answer to one tells of nothing that came after. */
function isUntouched({ status, amount, amount_received, amount_capturable }: Intent): boolean {
  return status === 'succeeded'
    ? amount_received === amount && amount_capturable === 0
    : amount_received === 0 && amount_capturable === amount;
}

function busy(reason: string): OperationOutcome {
  return { kind: 'busy', reason: `not sent, as the charge could not be read: ${reason}` };
}
