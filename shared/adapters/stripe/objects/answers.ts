import * as z from 'zod/mini';

/** What is read of Stripe's objects. Amounts in Stripe's unit of `currency`, times in Unix seconds. */
const Text = z.nullish(z.string());

const Charge = z.object({
  id: z.string(),
  status: z.string(),
  amount_captured: z.int(),
  amount_refunded: z.int(),
  payment_method_details: z.nullish(
    z.object({ card: z.nullish(z.object({ capture_before: z.nullish(z.int()) })) }),
  ),
});

export const Intent = z.object({
  id: z.string(),
  object: z.literal('payment_intent'),
  status: z.string(),
  amount: z.int(),
  amount_capturable: z.int(),
  amount_received: z.int(),
  currency: z.string(),
  capture_method: z.string(),
  cancellation_reason: Text,
  metadata: z.record(z.string(), z.string()),
  /** An id where it is not expanded: in lists and in events. */
  latest_charge: z.nullish(z.union([z.string(), Charge])),
  last_payment_error: z.nullish(z.object({ code: Text, decline_code: Text, message: Text })),
});
export type Intent = z.infer<typeof Intent>;

export const Refund = z.object({
  id: z.string(),
  object: z.literal('refund'),
  status: Text,
  amount: z.int(),
  currency: z.string(),
  payment_intent: Text,
  charge: z.nullish(z.union([z.string(), Charge])),
  failure_reason: Text,
  metadata: z.nullish(z.record(z.string(), z.string())),
});
export type Refund = z.infer<typeof Refund>;

/** An object by its schema; null when it is none of these. */
export function read<T>(schema: z.ZodMiniType<T>, answer: unknown): T | null {
  return schema.safeParse(answer).data ?? null;
}

/** The charge of an intent or a refund, where it was expanded. */
export function chargeOf(
  charge: Intent['latest_charge'] | Refund['charge'],
): z.infer<typeof Charge> | null {
  return typeof charge === 'object' && charge !== null ? charge : null;
}

/**
 * Where our ids are at Stripe: the payment's and its charge's in the metadata of the intent, the
 * refund's in its own. A capture has no object, so its id is a name in the intent's metadata, written
 * by the capture itself: it is there when the capture took effect, and only then.
 */
export const ours = { payment: 'paysaga_payment', operation: 'paysaga_operation' } as const;

/** What an intent has under the id of a capture, or of a release of the rest. */
export function markOf(kind: 'capture' | 'void', amount: number): string {
  return `${kind} ${amount}`;
}
