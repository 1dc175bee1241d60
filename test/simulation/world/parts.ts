import { stages } from '../../../infra/stages.ts';
import { memoryLedger } from '../../../shared/adapters/memory/ledger.ts';
import { memoryBooks } from '../../../shared/adapters/memory/ledger-books.ts';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import { memoryPaymentList } from '../../../shared/adapters/memory/payments/payment-list.ts';
import {
  type MemoryPaymentStore,
  memoryPaymentStore,
} from '../../../shared/adapters/memory/payments/payment-store.ts';
import {
  type MemoryPayoutStore,
  memoryPayoutStore,
} from '../../../shared/adapters/memory/payments/payout-store.ts';
import { memoryDailyTotals } from '../../../shared/adapters/memory/projections/daily-totals.ts';
import { memoryProviderHealth } from '../../../shared/adapters/memory/provider-health.ts';
import { memorySettlements } from '../../../shared/adapters/memory/settlement/settlements.ts';
import { memoryWebhookDeliveries } from '../../../shared/adapters/memory/webhooks.ts';
import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { PaymentChange } from '../../../shared/domain/payment/change.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import type { PayoutChange } from '../../../shared/domain/payout/change.ts';
import type { Payout } from '../../../shared/domain/payout/state.ts';
import type { ProviderLimits } from '../../../shared/domain/provider/limits.ts';
import type { Principal } from '../../../shared/ports/access/access.ts';
import type { Bank } from '../../../shared/ports/payouts/bank.ts';
import type { SettlementFiles } from '../../../shared/ports/settlement/settlement-files.ts';
import type { Letter } from '../aws/dead-letters.ts';
import type { Machines } from '../aws/machines/machine.ts';
import type { Psp } from '../psp/psp.ts';

/** The stages that a run can be of; every seed is of one. */
export const stageOf = { STANDARD: stages.prod, EXPRESS: stages.dev } as const;

export type SimulatedStage = (typeof stageOf)[keyof typeof stageOf];

/** A store of events that has the states at hand, as they were written last: not to be changed. */
function withStates<
  State extends { readonly id: string },
  Change extends { readonly after: State },
  Store extends {
    readonly accept: (change: Change) => Promise<{ readonly kind: string }>;
    readonly append: (change: Change) => Promise<string>;
  },
>(store: Store): Store & { readonly states: ReadonlyMap<string, State> } {
  const states = new Map<string, State>();
  const { accept, append } = store;
  return Object.assign(store, {
    states: states as ReadonlyMap<string, State>,
    accept: async (change: Change) => {
      const answer = await accept(change);
      if (answer.kind === 'accepted') {
        states.set(change.after.id, change.after);
      }
      return answer;
    },
    append: async (change: Change) => {
      const answer = await append(change);
      if (answer === 'written') {
        states.set(change.after.id, change.after);
      }
      return answer;
    },
  });
}

/** A ledger that counts what is written into it, so that nobody has to list it to know. */
function countingLedger() {
  const ledger = memoryLedger();
  let written = 0;
  return {
    ...ledger,
    written: () => written,
    write: (transfers: readonly Transfer[]) => {
      const answer = ledger.write(transfers);
      written += answer === 'written' ? transfers.length : 0;
      return answer;
    },
  };
}

/** The tables, as the in-memory adapters keep them. */
export function stores() {
  const ledger = countingLedger();
  return {
    ledger,
    payments: withStates<Payment, PaymentChange, MemoryPaymentStore>(memoryPaymentStore(ledger)),
    payouts: withStates<Payout, PayoutChange, MemoryPayoutStore>(memoryPayoutStore(ledger)),
    books: memoryBooks(),
    list: memoryPaymentList(),
    totals: memoryDailyTotals(),
    settlements: memorySettlements(ledger),
    log: memoryOperatorLog(),
    health: memoryProviderHealth(),
    deliveries: memoryWebhookDeliveries(),
  };
}

export type Stores = ReturnType<typeof stores>;

/** What the functions of a world act on: what their ports lead to. */
export interface Parts {
  readonly stage: SimulatedStage;
  readonly stores: Stores;
  readonly psps: ReadonlyMap<string, Psp>;
  /** The PSPs that a charge is offered to, in that order. */
  readonly route: readonly [string, ...string[]];
  /** Of each PSP. */
  readonly limits: ProviderLimits;
  readonly bank: Bank;
  /** The settlement files of the PSPs. */
  readonly files: SettlementFiles;
  readonly machines: Pick<Machines, 'start'>;
  readonly publish: (call: string, events: readonly AnyEvent[]) => (string | null)[];
  readonly deadLetter: (of: string, letter: Letter) => void;
  readonly findPrincipal: (keyHash: string) => Principal | null;
  readonly maxReceives: number;
}
