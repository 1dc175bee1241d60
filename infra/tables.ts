import type { TableName } from '../shared/runtime/function-spec.ts';

/** An index by two attributes, both text. */
export interface HouseIndex {
  readonly partition: string;
  readonly sort: string;
  /**
   * What of an item it has beyond its keys: all of it unless said. A filter sees no more than that,
   * and what it has costs a write each time.
   */
  readonly projects?: readonly string[];
}

/** What a table has beyond the house's defaults. */
export interface TableShape {
  /** Streams each change with the item as it then is. */
  readonly stream?: boolean;
  /** How far back a backup can bring it, where the stage has backups: the most that AWS keeps, unless said. */
  readonly recoveryDays?: number;
  /** By name. */
  readonly indexes?: Readonly<Record<string, HouseIndex>>;
}

export type DataTableName = Exclude<TableName, 'simulator'>;

/** Each table beyond the house's defaults. */
export const tables: Readonly<Record<DataTableName, TableShape>> = {
  /**
   * The event store and outbox: its stream starts sagas and feeds the bus. The indexes have only what
   * a sweeper looks for, and what waits for a person.
   */
  payments: {
    stream: true,
    indexes: {
      by_due: { partition: 'due_key', sort: 'due_at', projects: [] },
      by_parked: { partition: 'parked_key', sort: 'parked_at', projects: ['tenant'] },
    },
  },
  /** Transfers and limited accounts: its stream feeds the books, its indexes are the statements. */
  ledger: {
    stream: true,
    indexes: {
      by_debit_account: { partition: 'debit_account', sort: 'position' },
      by_credit_account: { partition: 'credit_account', sort: 'position' },
    },
  },
  /** Open balances: one item a tenant and currency. */
  books: {},
  /** The read model of `GET /payments`. */
  payment_list: {
    indexes: {
      by_status: { partition: 'status_key', sort: 'sk' },
      // What it has never changes, so a payment writes to it once.
      by_customer: { partition: 'customer_key', sort: 'sk', projects: [] },
    },
  },
  /** The read models of reports, and which generation of each read model is the live one. */
  projections: {},
  /**
   * The data keys of customers, wrapped: without its key, what is sealed of one is lost for good. A
   * backup brings a key that was erased back, so there is one of the last day alone.
   */
  customers: { recoveryDays: 1 },
  /** Reconciliation: runs, the lines of settlement files, and breaks. */
  settlements: { indexes: { by_status: { partition: 'status_key', sort: 'sk' } } },
  /** API keys, by their hashes. */
  access: {},
  /** The health of PSPs, as all processes share it: breakers, slots, rate limits. */
  providers: {},
  /** Where tenants' events are sent, and the log of what was. */
  webhooks: {
    indexes: {
      by_due: { partition: 'due_key', sort: 'due_at', projects: [] },
      by_status: { partition: 'status_key', sort: 'sk', projects: [] },
    },
  },
  /** What people did to dead letters and parked payments, and why. */
  operator_log: {},
};
