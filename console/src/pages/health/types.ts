import type { Overview } from '../../../../client/src/index.ts';

/** A part of an overview that was reached. */
export type Part<Name extends keyof Overview> = NonNullable<Overview[Name]>;
