/**
 * Stripe forgets an idempotency key after 24 h (docs.stripe.com/api/idempotent_requests): an hour less.
 * Apart from the adapter, as it is known before that is loaded.
 */
export const stripeRemembersChargesMs = 23 * 3_600_000;
