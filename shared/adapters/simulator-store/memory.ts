import type { SimulatorCall } from '../../contracts/simulator/behaviour.ts';
import type { SimulatorScriptedAnswer } from '../../contracts/simulator/scripts.ts';
import type {
  Charge,
  Effect,
  Payout,
  ScriptStore,
  SettlementEntry,
  SettlementFile,
  SettlementStore,
  SimulatorStore,
  StoredAnswer,
  WebhookEndpoint,
  WebhookStore,
} from '../../ports/simulator-store.ts';

/** What the stores of one PSP of the simulator are in: its part of the table, so to say. */
export interface SimulatorMemory {
  readonly store: SimulatorStore;
  readonly scripts: ScriptStore;
  readonly settlements: SettlementStore;
  readonly webhooks: WebhookStore;
}

/**
 * The simulator's stores in memory: the conditions of the DynamoDB ones, one after the other, with
 * nothing between a check and its write.
 */
export function memorySimulator(): SimulatorMemory {
  const unsettled = new Map<string, SettlementEntry>();
  return {
    store: operations(unsettled),
    scripts: scripts(),
    settlements: settlements(unsettled),
    webhooks: webhooks(),
  };
}

function operations(unsettled: Map<string, SettlementEntry>): SimulatorStore {
  const answers = new Map<string, StoredAnswer>();
  const charges = new Map<string, Charge>();
  const payouts = new Map<string, Payout>();
  const effects: (Effect & { readonly operationId: string })[] = [];
  const calls = new Map<string, number>();
  return {
    answerTo: async (operationId) => structuredClone(answers.get(operationId) ?? null),
    charge: async (id) => structuredClone(charges.get(id) ?? null),
    chargeOfDispute: async (disputeId) =>
      structuredClone(
        [...charges.values()].find(({ disputes }) => disputes.some(({ id }) => id === disputeId)) ??
          null,
      ),
    payout: async (id) => structuredClone(payouts.get(id) ?? null),
    write: async ({ operationId, answer, changed: given }) => {
      const changed = structuredClone(given);
      const [after, before] = !changed
        ? []
        : 'charge' in changed
          ? [changed.charge, charges.get(changed.charge.id)]
          : [changed.payout, payouts.get(changed.payout.id)];
      if (answers.has(operationId) || (after && (before?.version ?? 0) !== after.version - 1)) {
        return 'conflict';
      }
      answers.set(operationId, structuredClone(answer));
      if (changed && 'charge' in changed) {
        charges.set(changed.charge.id, changed.charge);
        if (changed.entry) {
          unsettled.set(changed.entry.id, changed.entry);
        }
      } else if (changed) {
        payouts.set(changed.payout.id, changed.payout);
      }
      if (changed) {
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
    operationsOf: async (reference) =>
      [...answers]
        .filter(([, { about }]) => about?.reference === reference)
        .map(([id, answer]) => ({ id, answer: structuredClone(answer) })),
    allCharges: async function* () {
      yield* structuredClone([...charges.values()]);
    },
    allPayouts: async function* () {
      yield* structuredClone([...payouts.values()]);
    },
  };
}

function scripts(): ScriptStore {
  const left = new Map<SimulatorCall, readonly SimulatorScriptedAnswer[]>();
  return {
    take: async (call) => {
      const [next = null, ...others] = left.get(call) ?? [];
      left.set(call, others);
      return next;
    },
    put: async (call, answers) => {
      left.set(call, structuredClone(answers));
    },
    left: async (call) => structuredClone(left.get(call) ?? []),
  };
}

function webhooks(): WebhookStore {
  let registered: WebhookEndpoint | null = null;
  return {
    get: async () => registered,
    put: async (endpoint) => {
      registered = { ...endpoint };
    },
  };
}

function settlements(unsettled: Map<string, SettlementEntry>): SettlementStore {
  const files = new Map<number, SettlementFile>();
  const entries = new Map<number, SettlementEntry[]>();
  const move = (number: number, from: SettlementFile['state'], to: SettlementFile['state']) => {
    const file = files.get(number);
    if (file?.state === from) {
      files.set(number, { ...file, state: to });
    }
  };
  return {
    files: async () => structuredClone([...files.values()].sort((a, b) => a.number - b.number)),
    add: async (file) => {
      if (files.has(file.number)) {
        return 'conflict';
      }
      files.set(file.number, structuredClone(file));
      return 'written';
    },
    unsettled: async () => structuredClone([...unsettled.values()]),
    claim: async (number, wanted) => {
      const claimed = entries.get(number) ?? [];
      entries.set(number, claimed);
      for (const { id } of files.get(number)?.state === 'open' ? wanted : []) {
        const entry = unsettled.get(id);
        if (entry) {
          unsettled.delete(id);
          claimed.push(entry);
        }
      }
    },
    seal: async (number) => move(number, 'open', 'sealed'),
    markWritten: async (number) => move(number, 'sealed', 'written'),
    entriesOf: async (number) => structuredClone(entries.get(number) ?? []),
  };
}
