import { apiKeys } from '../world/api.ts';
import { cardNumbers } from '../world/plan.ts';
import { acts } from './acts.ts';
import { published } from './events.ts';
import type { Invariant } from './invariant.ts';
import { balance, books, limits } from './ledger.ts';
import { amounts, comesToRest, ended, history } from './payments.ts';
import { nothingOnAGuess, noticesAreHints, oneEffect } from './psp.ts';
import { idempotency, secrecy, tenants } from './requests.ts';
import { totals } from './totals.ts';
import { told } from './webhooks.ts';

/** All of them, in the order of their numbers in docs/architecture.md. */
export const invariants: readonly Invariant[] = [
  balance,
  amounts,
  oneEffect,
  ended,
  idempotency,
  history,
  published,
  totals,
  told,
  comesToRest,
  nothingOnAGuess,
  limits,
  noticesAreHints,
  books,
  acts,
  secrecy([...Object.values(apiKeys), ...cardNumbers]),
  tenants,
];
