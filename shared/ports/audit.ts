import type { PaymentEvent } from '../contracts/events/payment-events.ts';
import type { PayoutEvent } from '../contracts/events/payout-events.ts';
import type { AuditReport } from '../domain/audit/report.ts';
import type { Conversion } from '../domain/conversion.ts';
import type { Transfer } from '../domain/ledger/transfer.ts';
import type { Payment } from '../domain/payment/state.ts';
import type { Payout } from '../domain/payout/state.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { LedgerAudit } from './ledger.ts';

/** All that is stored of one payment or payout. */
export interface StoredHistory<Kind extends string, State, Event> {
  readonly kind: Kind;
  readonly id: string;
  /** In their order. */
  readonly events: readonly Event[];
  /** Null when there is none. */
  readonly state: State | null;
  /** The states as some versions left them, in the order of these. */
  readonly snapshots: readonly Snapshot<State>[];
  /** Why not all of it could be read; null when it could. */
  readonly unreadable: string | null;
}

export type StoredPayment = StoredHistory<'payment', Payment, PaymentEvent>;
export type StoredPayout = StoredHistory<'payout', Payout, PayoutEvent>;

/** A conversion, which is written once and has no events. */
export interface StoredConversion {
  readonly kind: 'conversion';
  readonly id: string;
  readonly conversion: Conversion | null;
  readonly unreadable: string | null;
}

/** What transfers can be of. */
export type StoredSubject = StoredPayment | StoredPayout | StoredConversion;

/** Every payment, payout and conversion of all tenants, for who audits them. Strongly consistent. */
export interface SubjectAudit {
  /** In no order. Of each, events may be missing that are written while it is read. */
  readonly all: () => AsyncIterable<StoredSubject>;
  /** One as it is now: its snapshots and its state are read before its events, so that none of theirs is missing. */
  readonly again: (kind: StoredSubject['kind'], id: string) => Promise<StoredSubject>;
}

/**
 * Reads what the ledger has where it would keep such transfers: at most 100, those of them that are
 * there, strongly consistent, in no order.
 */
export type FindTransfers = (transfers: readonly Transfer[]) => Promise<readonly Transfer[]>;

/** All that an audit reads. */
export interface AuditSources {
  readonly ledger: LedgerAudit;
  readonly subjects: SubjectAudit;
  readonly findTransfers: FindTransfers;
}

/** Keeps a report: by its time for a while, and as the latest one unless a later one is there. */
export type StoreReport = (report: AuditReport) => Promise<void>;

/** The latest report that is kept; null when there is none. Strongly consistent. */
export type LastReport = () => Promise<Pick<AuditReport, 'acts'> | null>;
