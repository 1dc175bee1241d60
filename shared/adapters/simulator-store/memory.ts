import type { Charge, Effect, SimulatorStore, StoredAnswer } from '../../ports/simulator-store.ts';

/**
 * The simulator's store in memory: the conditions of the DynamoDB one, one after the other, with
 * nothing between a check and its write.
 */
export function memorySimulatorStore(): SimulatorStore {
  const answers = new Map<string, StoredAnswer>();
  const charges = new Map<string, Charge>();
  const effects: (Effect & { readonly operationId: string })[] = [];
  const calls = new Map<string, number>();
  return {
    answerTo: async (operationId) => structuredClone(answers.get(operationId) ?? null),
    charge: async (id) => structuredClone(charges.get(id) ?? null),
    write: async ({ operationId, answer, changed }) => {
      const version = changed ? (charges.get(changed.charge.id)?.version ?? 0) : null;
      if (answers.has(operationId) || (changed && version !== changed.charge.version - 1)) {
        return 'conflict';
      }
      answers.set(operationId, structuredClone(answer));
      if (changed) {
        charges.set(changed.charge.id, structuredClone(changed.charge));
        effects.push({ ...changed.effect, operationId });
      }
      return 'written';
    },
    countCall: async (operationId) => {
      const count = (calls.get(operationId) ?? 0) + 1;
      calls.set(operationId, count);
      return count;
    },
    effects: async (operationId) =>
      effects.filter((effect) => effect.operationId === operationId).length,
    chargesOf: async (reference) =>
      structuredClone([...charges.values()].filter((charge) => charge.reference === reference)),
    allCharges: async function* () {
      yield* structuredClone([...charges.values()]);
    },
  };
}
