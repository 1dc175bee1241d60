import * as z from 'zod/mini';
import { Amount, CurrencyCode } from '../payment.ts';

/** The PSPs that the simulator is, each with books of its own. Only the first is the bank as well. */
export const simulatorPsps = ['simulator', 'simulator-b'] as const;
export type SimulatorPsp = (typeof simulatorPsps)[number];

/** Where each PSP's paths begin. */
export const simulatorRoots = {
  simulator: '',
  'simulator-b': '/b',
} as const satisfies Record<SimulatorPsp, string>;

/** An id in a path or a query as well as in a body: characters that URLs leave as they are. */
export const SimulatorId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9._~-]{1,64}$/, { error: 'must be 1 to 64 of A-Z a-z 0-9 . _ ~ -' }));

/** The name of something that a table of the simulator has: one that it lacks is 422, not 400. */
export const SimulatorName = z.string().check(z.minLength(1), z.maxLength(128));

/** What a request that moves money says first. */
export const movement = {
  operation_id: SimulatorId,
  reference: SimulatorId,
  amount: Amount,
  currency: CurrencyCode,
};

/** The calls of the PSP's side that take effect. */
export const simulatorOperations = ['charge', 'capture', 'void', 'refund'] as const;
export type SimulatorOperation = (typeof simulatorOperations)[number];
