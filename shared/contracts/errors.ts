/**
 * Every code that an answer of the API can carry: what happened, and what the caller does about it.
 * `docs/errors.md` is made from this table.
 */
export const apiErrors = {
  malformed_json: {
    status: 400,
    title: 'The body is not JSON',
    action: 'Send one JSON object in UTF-8.',
  },
  invalid_request: {
    status: 400,
    title: 'The request does not validate',
    action: 'Correct each place that `errors` names, and send the request again.',
  },
  card_data_refused: {
    status: 400,
    title: 'The request holds what looks like card data or a secret',
    action:
      'Never send card numbers, security codes or secret keys here: vault the card with the PSP and send its token. `errors` names the place, never the value.',
  },
  unknown_payment_method: {
    status: 400,
    title: 'No provider knows this payment method',
    action: 'Send a token that the PSP of this stage has issued.',
  },
  idempotency_key_required: {
    status: 400,
    title: 'Idempotency-Key is missing or not usable',
    action:
      'Send exactly one Idempotency-Key header of 1 to 255 visible ASCII characters without commas; a UUID a request is usual.',
  },
  unauthorized: {
    status: 401,
    title: 'The API key is missing or not valid',
    action:
      'Send `Authorization: Bearer <key>` with a key of this stage, or a token of its OIDC issuer.',
  },
  invalid_signature: {
    status: 401,
    title: 'The webhook is not signed as it must be',
    action:
      'Sign the bytes of the body as they are sent, at the time of sending, with the secret that this stage has for this provider. Then send it again.',
  },
  forbidden: {
    status: 403,
    title: 'The key may not do this',
    action:
      '`detail` names the scope that the key lacks. Where it is the policies that refuse, have it done by somebody whom they permit: what waits for a person is resolved by operators, and a large refund, or an operator’s act where much is at risk, needs the approval of somebody else, as `approval_id`.',
  },
  not_found: {
    status: 404,
    title: 'There is nothing here',
    action: 'Check the path and the id. What belongs to another tenant is not found either.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The path does not take this method',
    action: 'The `Allow` header names the methods of this path.',
  },
  merchant_reference_taken: {
    status: 409,
    title: 'Another payment has this merchant_reference',
    action:
      'Read the payment that `payment_id` names: the order was probably paid for under another Idempotency-Key.',
  },
  invalid_state: {
    status: 409,
    title: 'The state of what this is about does not allow it',
    action:
      '`state` is what it is in now, `allowed` what can be asked of it there. When something is under way, read it again after its end.',
  },
  version_not_reached: {
    status: 409,
    title: 'What is asked for has not come to this version',
    action:
      '`version` is how far it has come. A read model follows within moments: ask again, as `Retry-After` says. A version that the payment has not had yet comes with its next change, if there is one.',
  },
  too_many_operations: {
    status: 409,
    title: 'The payment has had as many operations as it may',
    action: '`most` is how many captures, cancellations and refunds a payment can have.',
  },
  too_many_webhook_endpoints: {
    status: 409,
    title: 'The tenant has as many webhook endpoints as it may',
    action: 'Delete one that is not needed; `most` is how many there may be.',
  },
  amount_too_large: {
    status: 409,
    title: 'The amount is more than there is left',
    action: '`available` is how much can be asked for now, in minor units.',
  },
  approval_not_usable: {
    status: 409,
    title: 'The approval is not one of this',
    action:
      'Have somebody else approve exactly this, and ask again with the new `approval_id`; a refund under a new Idempotency-Key. An approval is for one refund of one amount, or for one act of an operator’s on one subject, within a day.',
  },
  insufficient_funds: {
    status: 409,
    title: 'Less is available than is asked for',
    action:
      '`available` is how much can be taken now, in minor units. What was captured becomes available when the PSP has settled it.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is over 32 KiB',
    action: 'Send less; metadata is for references, not for documents.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The content type is not application/json',
    action: 'Send `Content-Type: application/json`.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This Idempotency-Key was used with another body',
    action: 'Use a new key for a new payment, or send the first body again to see its answer.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    action: 'Wait, then send the same request with the same Idempotency-Key.',
  },
  internal_error: {
    status: 500,
    title: 'Something of ours went wrong',
    action:
      'Send the same request with the same Idempotency-Key: it cannot take effect twice. Quote `instance` when it goes on.',
  },
  temporarily_unavailable: {
    status: 503,
    title: 'Not now',
    action: 'Send the same request with the same Idempotency-Key after a moment.',
  },
} as const satisfies Record<string, { status: number; title: string; action: string }>;

export type ApiErrorCode = keyof typeof apiErrors;

/** One place of a request that does not validate: a JSON pointer, a header or a query parameter. */
export interface ApiErrorDetail {
  readonly path: string;
  readonly message: string;
}

/** An answer other than success. `detail` says what happened here, and never echoes a value. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly detail: string;
  readonly errors: readonly ApiErrorDetail[];
  /** Members of this problem type of its own, such as `payment_id`. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ApiErrorCode,
    detail: string,
    more: {
      readonly errors?: readonly ApiErrorDetail[];
      readonly members?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    this.errors = more.errors ?? [];
    this.members = more.members ?? {};
    this.headers = more.headers ?? {};
  }
}

/** The RFC 9457 body of an error. `instance` names the request, for a support case. */
export function problemOf(error: ApiError, requestId: string): Record<string, unknown> {
  const { status, title } = apiErrors[error.code];
  return {
    type: `urn:paysaga:problem:${error.code}`,
    title,
    status,
    detail: error.detail,
    instance: `urn:paysaga:request:${requestId}`,
    code: error.code,
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
    ...error.members,
  };
}
