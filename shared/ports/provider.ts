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

export interface ReversalRequest {
  readonly operationId: string;
  /** The PSP's own id of the charge. */
  readonly providerReference: string;
  /** `void` what was only authorized, `refund` what was captured. */
  readonly means: 'void' | 'refund';
}

/**
 * What a PSP's answer means. The difference between the last two is the one that loses money when
 * it is lost: `busy` says that nothing was processed, `unknown` says nothing at all.
 */
export type ChargeOutcome =
  | {
      readonly kind: 'approved';
      readonly providerReference: string;
      readonly amountMinor: number;
      readonly currency: string;
      readonly captured: boolean;
    }
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'busy'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export type ReversalOutcome =
  | { readonly kind: 'reversed' }
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'busy'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** One PSP. Never throws for what the PSP or the network does: that is an outcome. */
export interface Provider {
  readonly name: string;
  readonly charge: (request: ChargeRequest) => Promise<ChargeOutcome>;
  readonly reverse: (request: ReversalRequest) => Promise<ReversalOutcome>;
}
