import { Stripe } from 'stripe';
import type { InquiryRequest, OperationOutcome } from '../../../ports/provider.ts';
import { logger } from '../../../runtime/observability.ts';
import { NoAnswer } from './transport.ts';

export type Failure = Exclude<OperationOutcome, { readonly kind: 'done' }>;
export type Decline = Extract<Failure, { readonly kind: 'declined' }>;

/**
 * What an error of Stripe means, by the first row that fits; what fits none is `unknown`.
 * - `declined`: the issuer says no; our code by `declineCodes`
 * - `rejected`: Stripe says no, for what was asked or for the state of things; by `rejectionCodes`
 * - `busy`: nothing was processed, and nothing was kept under the operation's key
 * - `locked_out`: the same, as Stripe does not take our key: for who runs the stage to put right
 *
 * A 409 or an `idempotency_error` says that the key is in use or was used for something else: what it
 * stands for may have taken effect. A 5xx is indeterminate, and so is a 424.
 * Sources: docs.stripe.com/api/errors, /error-low-level, /rate-limits, /api/idempotent_requests.
 */
const meanings: readonly {
  readonly status?: number;
  readonly type?: string;
  readonly code?: string;
  readonly means: 'declined' | 'rejected' | 'busy' | 'locked_out';
}[] = [
  { status: 429, means: 'busy' },
  { status: 400, code: 'rate_limit', means: 'busy' },
  { status: 400, code: 'lock_timeout', means: 'busy' },
  { status: 401, means: 'locked_out' },
  { status: 403, means: 'locked_out' },
  { status: 402, means: 'declined' },
  { status: 400, type: 'invalid_request_error', means: 'rejected' },
  { status: 404, type: 'invalid_request_error', means: 'rejected' },
];

/** Our code for a decline of Stripe's; any other is `declined`. Source: docs.stripe.com/declines/codes */
const declineCodes: Readonly<Record<string, string>> = {
  insufficient_funds: 'insufficient_funds',
  withdrawal_count_limit_exceeded: 'insufficient_funds',
  lost_card: 'lost_card',
  stolen_card: 'lost_card',
  pickup_card: 'lost_card',
  lost_or_stolen_card: 'lost_card',
  do_not_honor: 'do_not_honor',
  do_not_try_again: 'do_not_honor',
  call_issuer: 'do_not_honor',
  no_action_taken: 'do_not_honor',
  expired_or_canceled_card: 'account_closed',
  expired_card: 'expired_card',
  // There is nobody here to send to the issuer's page.
  authentication_required: 'authentication_required',
  authentication_not_handled: 'authentication_required',
  payment_intent_authentication_failure: 'authentication_required',
};

/** Our code for a rejection of Stripe's; any other is `provider_rejected`. */
const rejectionCodes: Readonly<Record<string, string>> = {
  charge_expired_for_capture: 'authorization_expired',
  capture_charge_authorization_expired: 'authorization_expired',
  payment_intent_action_required: 'authentication_required',
};

const maxMessageLength = 200;

/** What came of a request, by what the SDK threw. */
export function failureOf(error: unknown, asked: InquiryRequest['kind'] | 'read'): Failure {
  const exchange = exchangeOf(error);
  if (exchange?.kind === 'not_sent') {
    return { kind: 'busy', reason: exchange.reason };
  }
  if (exchange?.kind === 'lost') {
    return unknown(exchange.reason);
  }
  if (exchange) {
    const { status, body } = exchange;
    return status === 429
      ? { kind: 'busy', reason: 'answered 429' }
      : unknown(
          body === null ? `answered ${status}, then ${exchange.reason}` : `answered ${status}`,
        );
  }
  if (!(error instanceof Stripe.errors.StripeError) || error.statusCode === undefined) {
    return unknown('answered what the SDK cannot read');
  }
  const { statusCode: status, rawType: type, code } = error;
  const about = `answered ${status}${code ? ` ${code}` : ''}`;
  switch (meaningOf(status, type, code)) {
    case 'declined':
      return declineOf(error);
    case 'rejected':
      logger.warn('Stripe rejects what it was asked', { asked, status, code, param: error.param });
      return rejectionOf(code, error.param);
    case 'busy':
      return { kind: 'busy', reason: about };
    case 'locked_out':
      // Never its message: it quotes the key.
      logger.error('Stripe does not take our API key', { asked, status, code });
      return { kind: 'busy', reason: about };
    default:
      return unknown(about);
  }
}

function meaningOf(status: number, type: string | undefined, code: string | undefined) {
  return meanings.find(
    (row) =>
      (row.status === undefined || row.status === status) &&
      (row.type === undefined || row.type === type) &&
      (row.code === undefined || row.code === code),
  )?.means;
}

/** A decline, as an error or an intent tells of it. */
export function declineOf({
  code,
  decline_code: reason,
  message,
}: {
  readonly code?: string | null | undefined;
  readonly decline_code?: string | null | undefined;
  readonly message?: string | null | undefined;
}): Decline {
  return {
    kind: 'declined',
    code: ofTable(declineCodes, reason) ?? ofTable(declineCodes, code) ?? 'declined',
    message: (message || 'declined').slice(0, maxMessageLength),
  };
}

/** A rejection. Stripe's own text of it is for who runs the stage, and may tell of the account. */
export function rejectionOf(code: string | undefined, param?: string | undefined): Decline {
  const theirs = code ?? 'invalid_request';
  return {
    kind: 'declined',
    code: ofTable(rejectionCodes, theirs) ?? 'provider_rejected',
    message: (param ? `${theirs}: ${param}` : theirs).slice(0, maxMessageLength),
  };
}

function ofTable(
  table: Readonly<Record<string, string>>,
  key: string | null | undefined,
): string | undefined {
  return key && Object.hasOwn(table, key) ? table[key] : undefined;
}

export function unknown(reason: string): Failure {
  return { kind: 'unknown', reason };
}

/** What is known of an exchange that brought no answer of Stripe's own; null when one came. */
function exchangeOf(error: unknown): NoAnswer['exchange'] | null {
  const wrapped = error as { detail?: unknown; raw?: { exception?: unknown } } | null | undefined;
  const found = [error, wrapped?.detail, wrapped?.raw?.exception].find(
    (candidate) => candidate instanceof NoAnswer,
  );
  return found instanceof NoAnswer ? found.exchange : null;
}
