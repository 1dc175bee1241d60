import type { Currency } from '../../../shared/domain/money/currency.ts';
import type { Break } from '../../../shared/domain/settlement/break.ts';
import type { Book, ListEntriesOfDays, ReadLimited } from '../../../shared/ports/ledger.ts';
import type { LoadPayment } from '../../../shared/ports/payments.ts';
import type {
  ReconciliationRuns,
  ReconciliationStore,
} from '../../../shared/ports/settlement/reconciliation.ts';
import type { SettlementFiles } from '../../../shared/ports/settlement/settlement-files.ts';

/** What a reconciliation needs. */
export interface ReconcileDependencies {
  readonly files: Pick<SettlementFiles, 'list' | 'get'>;
  readonly store: ReconciliationStore;
  readonly runs: ReconciliationRuns;
  readonly load: LoadPayment;
  readonly readLimited: ReadLimited;
  readonly entries: ListEntriesOfDays;
  readonly books: () => AsyncIterable<Pick<Book, 'tenant' | 'currency'>>;
  /** RFC 3339, UTC, milliseconds. */
  readonly now: () => string;
  /** Hears of each break that is new, and of each line that was posted just now. */
  readonly noted: (what: Noted) => void;
}

export type Noted =
  | { readonly kind: 'filed'; readonly broken: Break }
  | { readonly kind: 'posted'; readonly currency: Currency };
