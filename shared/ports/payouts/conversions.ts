import type { Conversion } from '../../domain/conversion.ts';

/**
 * What became of writing a conversion with its two transfers, all or nothing:
 * - `written`
 * - `exists`: it was there already; here it is. Before anything else, whatever is available by now
 * - `insufficient_funds`: nothing was written; less is available than is sold
 */
export type WriteConversionResult =
  | { readonly kind: 'written' }
  | { readonly kind: 'exists'; readonly conversion: Conversion }
  | { readonly kind: 'insufficient_funds' };

/** Others at work on the same accounts are waited for, and then thrown as `Contention`. */
export type WriteConversion = (conversion: Conversion) => Promise<WriteConversionResult>;

/** A conversion by its id, strongly consistent; null when there is none. */
export type LoadConversion = (id: string) => Promise<Conversion | null>;

export interface ConversionStore {
  readonly write: WriteConversion;
  readonly load: LoadConversion;
}
