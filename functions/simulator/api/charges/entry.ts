import type { Charge, SettlementEntry } from '../../../../shared/ports/simulator-store.ts';

/** What a settlement file has to say of an effect on a charge. */
export function entryOf(
  charge: Charge,
  effect: Omit<SettlementEntry, 'reference' | 'providerReference' | 'currency'>,
): SettlementEntry {
  return {
    ...effect,
    reference: charge.reference,
    providerReference: charge.id,
    currency: charge.currency,
  };
}

/** What the PSP takes for a capture: 1.2 %, half up. Exact up to 10^12, times 12. */
export function captureFeeMinor(grossMinor: number): number {
  const thousandths = grossMinor * 12 + 500;
  return (thousandths - (thousandths % 1_000)) / 1_000;
}
