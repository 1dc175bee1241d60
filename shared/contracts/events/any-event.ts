import * as z from 'zod/mini';
import type { AnyEvent } from './events.ts';
import { PaymentEventSchema, type paymentEvents } from './payment-events.ts';
import { PayoutEventSchema } from './payout-events.ts';

/** Any event that the bus carries, parsed by its `type`. */
export const AnyEventSchema = z.discriminatedUnion('type', [
  PaymentEventSchema,
  PayoutEventSchema,
] as unknown as [(typeof paymentEvents)['payment.accepted']]) as unknown as z.ZodMiniType<AnyEvent>;
