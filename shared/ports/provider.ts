/** What we ask a PSP to do. Amounts in minor units of `currency`. */
export interface ChargeRequest {
  /** Known to the PSP: the same id is the same operation, however often it is sent. */
  readonly operationId: string;
  /** Our payment id: what an inquiry asks for. */
  readonly reference: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly paymentMethod: string;
  /** True: authorize and capture in one call. */
  readonly capture: boolean;
}

/** What every request about a charge that the PSP has names. */
interface OperationRequest {
  readonly operationId: string;
  /** The PSP's own id of the charge. */
  readonly providerReference: string;
}

export interface CaptureRequest extends OperationRequest {
  readonly amountMinor: number;
  readonly currency: string;
  /** True: this is the last capture, and the PSP releases in the same call what is left. */
  readonly final: boolean;
}

/** Voids all of a charge that is authorized and not captured. */
export type VoidRequest = OperationRequest;

export interface RefundRequest extends OperationRequest {
  /** Null: all that was captured and is not refunded, whatever that is at the PSP. */
  readonly amountMinor: number | null;
}

/**
 * What a PSP's answer means. The difference between the last two is the one that loses money when
 * it is lost: `busy` says that nothing was processed, `unknown` says nothing at all.
 */
type Failure =
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'busy'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export type ChargeOutcome =
  | {
      readonly kind: 'approved';
      readonly providerReference: string;
      readonly amountMinor: number;
      readonly currency: string;
      readonly captured: boolean;
      /** RFC 3339: until when the PSP keeps the authorization; null when it does not say. */
      readonly authorizedUntil: string | null;
    }
  | Failure;

/** `done`: exactly what was asked took effect. */
export type OperationOutcome = { readonly kind: 'done' } | Failure;

/** One PSP. Never throws for what the PSP or the network does: that is an outcome. */
export interface Provider {
  readonly name: string;
  readonly charge: (request: ChargeRequest) => Promise<ChargeOutcome>;
  readonly capture: (request: CaptureRequest) => Promise<OperationOutcome>;
  readonly void: (request: VoidRequest) => Promise<OperationOutcome>;
  readonly refund: (request: RefundRequest) => Promise<OperationOutcome>;
}
