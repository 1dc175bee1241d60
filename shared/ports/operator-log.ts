import type { ChainName } from '../domain/operator-log/chains.ts';
import type { LoggedAct, LogHead } from '../domain/operator-log/entry.ts';
import type { MarkedAct } from '../domain/operator-log/verify.ts';
import type { Page } from './settlement/reconciliation.ts';

export type OperatorAction =
  | 'approval.create'
  | 'break.resolve'
  | 'customer.erase'
  | 'dlq.discard'
  | 'dlq.redrive'
  | 'key.create'
  | 'key.revoke'
  | 'key.rotate'
  | 'parked.resolve'
  | 'payout.create'
  | 'policy.publish'
  | 'replay.live'
  | 'tenant.create'
  | 'webhook.create'
  | 'webhook.delete'
  | 'webhook.disable'
  | 'webhook.resend'
  | 'webhook.rotate'
  | 'webhook.update';

/** What somebody with the right to it did, and why; on record before it has an effect. */
export interface OperatorAct {
  /** A UUID. An act under the id of one that is on record is that one, said again. */
  readonly id: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
  /** Over HTTP the principal's id; else who is at the machine. */
  readonly by: string;
  readonly action: OperatorAction;
  /** The id of what it was done to: a dead letter, a payment, a key. */
  readonly subject: string;
  /** Empty where the request has no place for one. */
  readonly reason: string;
  /** No secret, and nothing of a customer's. */
  readonly details: Readonly<Record<string, string>>;
}

/**
 * Puts an act behind the last one of its chain (`chainOf`); it is never changed or deleted. One that is there
 * stays as it was first said, at its first time.
 *
 * Others who do the same are waited for, and then thrown as `Contention`, with nothing written.
 *
 * @returns the act as it is on record
 * @throws OtherAct when something else is on record under the act's id
 */
export type AppendOperatorAct = (act: OperatorAct) => Promise<OperatorAct>;

export interface OperatorLog {
  readonly append: AppendOperatorAct;
  /** The acts of a chain, newest first, strongly consistent. `after` is where the page before it ended. */
  readonly list: (query: {
    /** 1 to 100. */
    readonly limit: number;
    readonly after: string | null;
    /** That of the operators unless another is named. */
    readonly chain?: ChainName;
  }) => Promise<Page<LoggedAct>>;
}

/** What a verification reads of a chain, strongly consistent. */
export interface OperatorLogChain {
  /** The last entry, by what is kept beside the log; `emptyLog` when that is not there. */
  readonly head: () => Promise<LogHead>;
  /** All entries in their order. */
  readonly entries: () => AsyncIterable<MarkedAct>;
}

export interface OperatorLogChains {
  /** Those that have an act, in no order; strongly consistent. */
  readonly names: () => Promise<readonly ChainName[]>;
  readonly chain: (name: ChainName) => OperatorLogChain;
}
