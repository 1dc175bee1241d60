/** A payment order to the bank: our money to a merchant's account. */
export interface TransferOrder {
  /** Known to the bank: the same id is the same order, however often it is sent. */
  readonly operationId: string;
  /** Our payout id. */
  readonly reference: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** What stands for the merchant's account at the bank: a token. */
  readonly destination: string;
}

/**
 * What became of sending an order. `accepted` says that it is on its way and no more: that it
 * arrived, or came back, is a notice of its own. `busy` says that nothing was processed, `unknown`
 * says nothing at all.
 */
export type OrderOutcome =
  | { readonly kind: 'accepted'; readonly bankReference: string }
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'busy'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * What the bank knows of an order:
 * - `accepted`: it took exactly this one, whatever has become of it since
 * - `declined`: it did not take it, and never will under this id
 * - `not_found`: nothing is known of it, which is a "no" only when it cannot arrive any more
 * - `unavailable`: no answer, or one that makes no sense; it says nothing
 */
export type OrderInquiry =
  | { readonly kind: 'accepted'; readonly bankReference: string }
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Who moves money out. Never throws for what the bank or the network does: that is an outcome. */
export interface Bank {
  readonly name: string;
  readonly send: (order: TransferOrder) => Promise<OrderOutcome>;
  /** Asks what became of an order, as it was sent. Has no effect. */
  readonly inquire: (order: TransferOrder) => Promise<OrderInquiry>;
}
