import { http } from './api.ts';
import { edges } from './edges.ts';
import { paymentSagas } from './payment-sagas.ts';
import { payoutSaga } from './payout-saga.ts';
import type { Wiring } from './ports.ts';

/**
 * Every function as its handler.ts has it, in the same frame, over ports whose calls are effects. What
 * a use case is given here is exactly what it calls: a method too few does not compile, and one too many
 * is a crash point that no run meets.
 */
export const wiring: Wiring = { ...paymentSagas, ...payoutSaga, ...edges, ...http };
