// Made from docs/openapi.json: npm run docs.

import { type Problem, type ProblemContext, ProblemError } from '../errors/problem-error.ts';

/** 400: The body is not JSON. Send one JSON object in UTF-8. */
export class MalformedJsonError extends ProblemError {
  override readonly name = 'MalformedJsonError';
}

/** 400: The request does not validate. Correct each place that `errors` names, and send the request again. */
export class InvalidRequestError extends ProblemError {
  override readonly name = 'InvalidRequestError';
}

/** 400: The request holds what looks like card data or a secret. Never send card numbers, security codes or secret keys here: vault the card with the PSP and send its token. `errors` names the place, never the value. */
export class CardDataRefusedError extends ProblemError {
  override readonly name = 'CardDataRefusedError';
}

/** 400: No provider knows this payment method. Send a token that the PSP of this stage has issued. */
export class UnknownPaymentMethodError extends ProblemError {
  override readonly name = 'UnknownPaymentMethodError';
}

/** 400: Idempotency-Key is missing or not usable. Send exactly one Idempotency-Key header of 1 to 255 visible ASCII characters without commas; a UUID a request is usual. */
export class IdempotencyKeyRequiredError extends ProblemError {
  override readonly name = 'IdempotencyKeyRequiredError';
}

/** 401: The API key is missing or not valid. Send `Authorization: Bearer <key>` with a key of this stage, or a token of its OIDC issuer. */
export class UnauthorizedError extends ProblemError {
  override readonly name = 'UnauthorizedError';
}

/** 401: The webhook is not signed as it must be. Sign the bytes of the body as they are sent, at the time of sending, with the secret that this stage has for this provider. Then send it again. */
export class InvalidSignatureError extends ProblemError {
  override readonly name = 'InvalidSignatureError';
}

/** 403: The key may not do this. `detail` names the scope that the key lacks. Where it is the policies that refuse, have it done by somebody whom they permit: what waits for a person is resolved by operators, and a large refund, or an operator’s act where much is at risk, needs the approval of somebody else, as `approval_id`. */
export class ForbiddenError extends ProblemError {
  override readonly name = 'ForbiddenError';
}

/** 404: There is nothing here. Check the path and the id. What belongs to another tenant is not found either. */
export class NotFoundError extends ProblemError {
  override readonly name = 'NotFoundError';
}

/** 405: The path does not take this method. The `Allow` header names the methods of this path. */
export class MethodNotAllowedError extends ProblemError {
  override readonly name = 'MethodNotAllowedError';
}

/** 409: Another payment has this merchant_reference. Read the payment that `payment_id` names: the order was probably paid for under another Idempotency-Key. */
export class MerchantReferenceTakenError extends ProblemError {
  static override readonly members = { payment_id: 'string' } as const;
  override readonly name = 'MerchantReferenceTakenError';
  readonly paymentId: string;

  constructor(problem: Problem, context: ProblemContext) {
    super(problem, context);
    this.paymentId = problem.payment_id as string;
  }
}

/** 409: The state of what this is about does not allow it. `state` is what it is in now, `allowed` what can be asked of it there. When something is under way, read it again after its end. */
export class InvalidStateError extends ProblemError {
  static override readonly members = { state: 'string', allowed: 'strings' } as const;
  override readonly name = 'InvalidStateError';
  readonly state: string;
  readonly allowed: readonly string[];

  constructor(problem: Problem, context: ProblemContext) {
    super(problem, context);
    this.state = problem.state as string;
    this.allowed = problem.allowed as readonly string[];
  }
}

/** 409: What is asked for has not come to this version. `version` is how far it has come. A read model follows within moments: ask again, as `Retry-After` says. A version that the payment has not had yet comes with its next change, if there is one. */
export class VersionNotReachedError extends ProblemError {
  static override readonly members = { version: 'integer' } as const;
  override readonly name = 'VersionNotReachedError';
  readonly version: number;

  constructor(problem: Problem, context: ProblemContext) {
    super(problem, context);
    this.version = problem.version as number;
  }
}

/** 409: The payment has had as many operations as it may. `most` is how many captures, cancellations and refunds a payment can have. */
export class TooManyOperationsError extends ProblemError {
  static override readonly members = { most: 'integer' } as const;
  override readonly name = 'TooManyOperationsError';
  readonly most: number;

  constructor(problem: Problem, context: ProblemContext) {
    super(problem, context);
    this.most = problem.most as number;
  }
}

/** 409: The tenant has as many webhook endpoints as it may. Delete one that is not needed; `most` is how many there may be. */
export class TooManyWebhookEndpointsError extends ProblemError {
  static override readonly members = { most: 'integer' } as const;
  override readonly name = 'TooManyWebhookEndpointsError';
  readonly most: number;

  constructor(problem: Problem, context: ProblemContext) {
    super(problem, context);
    this.most = problem.most as number;
  }
}

/** 409: The amount is more than there is left. `available` is how much can be asked for now, in minor units. */
export class AmountTooLargeError extends ProblemError {
  static override readonly members = { available: 'integer' } as const;
  override readonly name = 'AmountTooLargeError';
  readonly available: number;

  constructor(problem: Problem, context: ProblemContext) {
    super(problem, context);
    this.available = problem.available as number;
  }
}

/** 409: The approval is not one of this. Have somebody else approve exactly this, and ask again with the new `approval_id`; a refund under a new Idempotency-Key. An approval is for one refund of one amount, or for one act of an operator’s on one subject, within a day. */
export class ApprovalNotUsableError extends ProblemError {
  override readonly name = 'ApprovalNotUsableError';
}

/** 409: Less is available than is asked for. `available` is how much can be taken now, in minor units. What was captured becomes available when the PSP has settled it. */
export class InsufficientFundsError extends ProblemError {
  static override readonly members = { available: 'integer' } as const;
  override readonly name = 'InsufficientFundsError';
  readonly available: number;

  constructor(problem: Problem, context: ProblemContext) {
    super(problem, context);
    this.available = problem.available as number;
  }
}

/** 413: The body is over 32 KiB. Send less; metadata is for references, not for documents. */
export class BodyTooLargeError extends ProblemError {
  override readonly name = 'BodyTooLargeError';
}

/** 415: The content type is not application/json. Send `Content-Type: application/json`. */
export class UnsupportedMediaTypeError extends ProblemError {
  override readonly name = 'UnsupportedMediaTypeError';
}

/** 422: This Idempotency-Key was used with another body. Use a new key for a new payment, or send the first body again to see its answer. */
export class IdempotencyKeyReusedError extends ProblemError {
  override readonly name = 'IdempotencyKeyReusedError';
}

/** 429: Too many requests. Wait, then send the same request with the same Idempotency-Key. */
export class TooManyRequestsError extends ProblemError {
  override readonly name = 'TooManyRequestsError';
}

/** 500: Something of ours went wrong. Send the same request with the same Idempotency-Key: it cannot take effect twice. Quote `instance` when it goes on. */
export class InternalError extends ProblemError {
  override readonly name = 'InternalError';
}

/** 503: Not now. Send the same request with the same Idempotency-Key after a moment. */
export class TemporarilyUnavailableError extends ProblemError {
  override readonly name = 'TemporarilyUnavailableError';
}

/** Every class of problems, by its code. */
export const problems = {
  malformed_json: MalformedJsonError,
  invalid_request: InvalidRequestError,
  card_data_refused: CardDataRefusedError,
  unknown_payment_method: UnknownPaymentMethodError,
  idempotency_key_required: IdempotencyKeyRequiredError,
  unauthorized: UnauthorizedError,
  invalid_signature: InvalidSignatureError,
  forbidden: ForbiddenError,
  not_found: NotFoundError,
  method_not_allowed: MethodNotAllowedError,
  merchant_reference_taken: MerchantReferenceTakenError,
  invalid_state: InvalidStateError,
  version_not_reached: VersionNotReachedError,
  too_many_operations: TooManyOperationsError,
  too_many_webhook_endpoints: TooManyWebhookEndpointsError,
  amount_too_large: AmountTooLargeError,
  approval_not_usable: ApprovalNotUsableError,
  insufficient_funds: InsufficientFundsError,
  body_too_large: BodyTooLargeError,
  unsupported_media_type: UnsupportedMediaTypeError,
  idempotency_key_reused: IdempotencyKeyReusedError,
  too_many_requests: TooManyRequestsError,
  internal_error: InternalError,
  temporarily_unavailable: TemporarilyUnavailableError,
} as const;
