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

/** What the PSP says that it did, whatever was asked. */
interface Approved {
  readonly kind: 'approved';
  readonly providerReference: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly captured: boolean;
  /** RFC 3339: until when the PSP keeps the authorization; null when it does not say. */
  readonly authorizedUntil: string | null;
}

export type ChargeOutcome = Approved | Failure;

/** `done`: exactly what was asked took effect. */
export type OperationOutcome = { readonly kind: 'done' } | Failure;

/** What an operation whose outcome is unknown was asked to do. */
export interface InquiryRequest {
  readonly kind: 'charge' | 'capture' | 'void' | 'refund';
  readonly operationId: string;
  /** Our payment id. */
  readonly reference: string;
  /** The PSP's own id of the charge; null or absent while nobody knows it. */
  readonly providerReference?: string | null;
  /** Null where no amount was said: a void, and a refund of all that was captured. */
  readonly amountMinor: number | null;
  readonly currency: string;
}

/**
 * What a PSP knows of an operation:
 * - `approved`: of a charge, as the charge itself left it
 * - `done`: of any other, exactly what was asked took effect
 * - `declined`: it had no effect, and never will have one under this id
 * - `not_found`: nothing is known of it, which is a "no" only when it cannot arrive any more
 * - `unavailable`: no answer, or one that makes no sense; it says nothing
 */
export type Inquiry =
  | Approved
  | { readonly kind: 'done' }
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** One PSP. No operation or inquiry throws for what the PSP or the network does: that is an outcome. */
export interface Provider {
  readonly name: string;
  /**
   * For how long the same id is the same charge there, at the least, in ms; absent: for ever. Sent again
   * after that, it may be another charge.
   */
  readonly remembersChargesMs?: number;
  readonly charge: (request: ChargeRequest) => Promise<ChargeOutcome>;
  readonly capture: (request: CaptureRequest) => Promise<OperationOutcome>;
  readonly void: (request: VoidRequest) => Promise<OperationOutcome>;
  readonly refund: (request: RefundRequest) => Promise<OperationOutcome>;
  /** Asks what became of an operation. Has no effect. */
  readonly inquire: (request: InquiryRequest) => Promise<Inquiry>;
  /**
   * Asks which payment of ours a charge of the PSP is of: null for none. There where the PSP's notices
   * do not say it. Has no effect.
   *
   * @throws Error when the PSP does not answer
   */
  readonly referenceOf?: (providerReference: string) => Promise<string | null>;
}

/** By what a charge is routed to a PSP. */
export interface RoutedCharge {
  readonly tenant: string;
  readonly currency: string;
  readonly amountMinor: number;
  readonly paymentMethod: string;
}

/** The PSPs of the stage. */
export interface Providers {
  /** The names of those that a charge may be offered to, in that order: at least one. */
  readonly route: (charge: RoutedCharge) => readonly [string, ...string[]];
  /** @throws Error for a name that the stage does not have */
  readonly named: (name: string) => Provider;
}
