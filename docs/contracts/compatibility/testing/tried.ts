import type { BreakingChange } from '../finding.ts';
import type { Release } from '../release.ts';

/** A change of the real contracts, and the breaking change that it is, where, and to whom. */
export interface Tried {
  readonly what: string;
  readonly after: Release;
  readonly is: BreakingChange;
  readonly contract: string;
  readonly pointer: string;
  readonly breaks: string;
}

/** A list without one of its values. */
export const without = (name: string) => (values: unknown) =>
  (values as unknown[]).filter((value) => value !== name);

/** A list with one more. */
export const withOne = (name: string) => (values: unknown) => [...(values as unknown[]), name];

/** The schema of the body of `POST /payments`. */
export const request = '/input/CreatePaymentRequest';
