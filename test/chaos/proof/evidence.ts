import type { SentCall } from '../../../local/faults.ts';
import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import type {
  SimulatorOperationReportResource,
  SimulatorTotalsResource,
} from '../../../shared/contracts/simulator/control.ts';
import type { TrialBalance } from '../../../shared/domain/audit/audit.ts';
import type { AuditReport, DifferenceKind } from '../../../shared/domain/audit/report.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { StoredPayment, StoredPayout } from '../../../shared/ports/audit.ts';
import type { LimitedAccount } from '../../../shared/ports/ledger.ts';
import type { Charge, Effect } from '../../../shared/ports/simulator-store.ts';

/** A request that moves something, and what was answered. Refusals and failures are among them. */
export interface Exchange {
  readonly tenant: string;
  /** `/payments`, `/payments/<id>/capture`. */
  readonly route: string;
  readonly key: string;
  /**
   * - `asked`: as often as it is, the same
   * - `other body`, `reference again`: what may not be taken
   * - `once more`: the same as was asked, when all was quiet
   */
  readonly purpose: 'asked' | 'other body' | 'reference again' | 'once more';
  /** Null: no answer came. */
  readonly status: number | null;
  readonly text: string;
  readonly replayed: boolean;
}

/** An effect as it stands in a PSP's own store. */
export interface PspEffect extends Pick<Effect, 'operation' | 'amountMinor'> {
  readonly operationId: string;
}

/** What one PSP has, by its own store and by its control side. */
export interface PspEvidence {
  readonly name: string;
  readonly charges: readonly Charge[];
  readonly effects: readonly PspEffect[];
  /** `GET /operations/{id}` of each operation that we know of. */
  readonly reported: readonly SimulatorOperationReportResource[];
  /** `GET /totals`. */
  readonly totals: SimulatorTotalsResource;
}

/** A notice that a PSP sent at least once, and how often it was put into the queue again. */
export interface NoticeEvidence {
  readonly notice: ProviderNoticeMessage;
  readonly again: number;
}

/** A message that was given up. */
export interface DeadLetterEvidence {
  /** The edge: the name of its queue's output. */
  readonly edge: string;
  readonly body: string;
  readonly reason: string;
  /** Why it is there; null when nothing explains it. */
  readonly explanation: string | null;
}

/** What a tenant asked about something of another's. */
export interface StrangerEvidence {
  readonly request: string;
  readonly status: number;
}

/** All that is collected when a chaos run is quiet. The invariants are checked on this alone. */
export interface Evidence {
  readonly exchanges: readonly Exchange[];
  readonly payments: readonly StoredPayment[];
  readonly payouts: readonly StoredPayout[];
  readonly report: AuditReport;
  readonly trialBalances: readonly TrialBalance[];
  readonly transfers: readonly Transfer[];
  readonly limited: readonly LimitedAccount[];
  readonly psps: readonly PspEvidence[];
  readonly calls: readonly SentCall[];
  /** How often a queue beside the consumers' got each event from the bus, by the event's id. */
  readonly published: ReadonlyMap<string, number>;
  /** How often the run itself put one on the bus. */
  readonly publishedByHand: ReadonlyMap<string, number>;
  /** The version of each payment's row in the list, by the payment's id. */
  readonly rows: ReadonlyMap<string, number>;
  readonly notices: readonly NoticeEvidence[];
  readonly deadLetters: readonly DeadLetterEvidence[];
  readonly secrets: {
    /** How many of what was searched: `items of tables`. */
    readonly searched: Readonly<Record<string, number>>;
    /** Where something secret was found; never the secret. */
    readonly found: readonly string[];
    /** Where a value was found that is legitimate there: the search sees. */
    readonly legitimate: number;
  };
  readonly strangers: readonly StrangerEvidence[];
  readonly terms: {
    readonly settleWindowMs: number;
    /** How long anything may take until its end, or until it is parked. */
    readonly budgetMs: number;
  };
}

/** What a check came to. It holds when there are no violations. */
export interface Finding {
  /** What was counted: a check that counted nothing says nothing. */
  readonly counted: string;
  readonly violations: readonly string[];
}

export interface Invariant {
  /** In docs/architecture.md. */
  readonly number: number;
  readonly title: string;
  readonly check: (evidence: Evidence) => Finding;
}

/** What an audit found of some kinds, a line each. */
export function differencesOf(
  { report }: Evidence,
  kinds: readonly DifferenceKind[],
): readonly string[] {
  return report.differences
    .filter(({ kind }) => kinds.includes(kind))
    .map(
      ({ kind, tenant, says, payment, payout, transfer, expected, found }) =>
        `${kind} of ${tenant}, ${payment ?? payout ?? transfer ?? '-'}: ${says} (${expected ?? '-'} / ${found ?? '-'})`,
    );
}
