import { type Conversion, conversionPostingsOf } from '../../../domain/conversion.ts';
import type { ConversionStore } from '../../../ports/payouts/conversions.ts';
import { type MemoryLedger, memoryLedger } from '../ledger.ts';

/** Conversions in memory, under the conditions of the DynamoDB ones. */
export function memoryConversionStore(ledger: MemoryLedger = memoryLedger()): ConversionStore {
  const conversions = new Map<string, Conversion>();
  return {
    write: async (conversion) => {
      const known = conversions.get(conversion.id);
      if (known) {
        return { kind: 'exists', conversion: structuredClone(known) };
      }
      const answer = ledger.write(conversionPostingsOf(conversion));
      if (answer === 'refused') {
        throw new Error(`the ledger refused the transfers of conversion ${conversion.id}`);
      }
      if (answer === 'written') {
        conversions.set(conversion.id, structuredClone(conversion));
      }
      return { kind: answer };
    },
    load: async (id) => structuredClone(conversions.get(id) ?? null),
  };
}
