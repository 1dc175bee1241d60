import type { ProviderNoticeMessage } from '../contracts/events/notices.ts';
import type { SettlementLineType } from '../contracts/settlement/settlement.ts';
import type { SimulatorCall } from '../contracts/simulator/behaviour.ts';
import type { SimulatorOperation } from '../contracts/simulator/common.ts';
import type { SimulatorOutcome } from '../contracts/simulator/control.ts';
import type { SimulatorDisputeOutcome } from '../contracts/simulator/disputes.ts';
import type { SimulatorPayoutOutcome } from '../contracts/simulator/payouts.ts';
import type { SimulatorScriptedAnswer } from '../contracts/simulator/scripts.ts';
import type { SimulatorSettlementBody } from '../contracts/simulator/settlements.ts';
import type { Currency } from '../domain/money/currency.ts';

/** A dispute of a charge. Times are RFC 3339. */
export interface Dispute {
  readonly id: string;
  readonly status: 'open' | SimulatorDisputeOutcome;
  readonly amountMinor: number;
  readonly feeMinor: number;
  readonly reason: string;
  readonly opened: string;
  readonly closed: string | null;
}

/** A charge at the PSP simulator. Amounts in minor units; what was authorized never changes. */
export interface Charge {
  readonly id: string;
  readonly reference: string;
  readonly paymentMethod: string;
  readonly currency: Currency;
  readonly authorizedMinor: number;
  readonly capturedMinor: number;
  readonly voidedMinor: number;
  readonly refundedMinor: number;
  /** RFC 3339: from then on nothing is captured; null when it was captured in the same call. */
  readonly authorizedUntil: string | null;
  readonly disputes: readonly Dispute[];
  /** 1 at first, one more with each change. */
  readonly version: number;
}

/** A payout at the simulator, which is the merchants' bank as well. */
export interface Payout {
  readonly id: string;
  readonly operationId: string;
  readonly reference: string;
  readonly destination: string;
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly status: 'in_transit' | SimulatorPayoutOutcome;
  /** 1 at first, one more with each change. */
  readonly version: number;
}

/** The first answer to an operation, with what it answered. `body` is JSON text. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
  readonly outcome: SimulatorOutcome;
  /** The request as text: another one under the same operation id is refused. */
  readonly request: string;
  /** Null for what no inquiry tells of. */
  readonly about: OperationAbout | null;
  /** Sent each time that the answer is given. */
  readonly notices: readonly SentNotice[];
}

/** What an operation was asked to do: by this an inquiry finds it, and its notices name it. */
export interface OperationAbout {
  readonly reference: string;
  readonly type: SimulatorOperation | 'payout';
  /** Null: all that was left. */
  readonly amountMinor: number | null;
  readonly currency: Currency;
  /** The charge's id; null for what makes one. */
  readonly chargeId: string | null;
}

export interface SentNotice {
  readonly notice: ProviderNoticeMessage;
  readonly delaySeconds: number;
}

/** An operation that has an answer. */
export interface KnownOperation {
  readonly id: string;
  readonly answer: StoredAnswer;
}

/** Something that an operation did, by an id of its own. */
export interface Effect {
  readonly id: string;
  readonly operation: SimulatorOperation | 'dispute' | 'dispute_close' | 'payout' | 'payout_close';
  /** Without what a final capture released beside it. */
  readonly amountMinor: number;
}

/** What a settlement file has to say of an effect. */
export interface SettlementEntry {
  /** The effect's. */
  readonly id: string;
  readonly type: SettlementLineType;
  readonly reference: string;
  /** Of the operation, or of the dispute. */
  readonly operationId: string;
  /** The charge's id. */
  readonly providerReference: string;
  readonly grossMinor: number;
  readonly feeMinor: number;
  readonly currency: Currency;
  /** RFC 3339. */
  readonly time: string;
}

/** All that an operation writes; `changed` is null when it took no effect. */
export interface OperationRecord {
  readonly operationId: string;
  readonly answer: StoredAnswer;
  readonly changed:
    | {
        readonly charge: Charge;
        readonly effect: Effect;
        /** Null for an effect that no file settles. */
        readonly entry: SettlementEntry | null;
      }
    | { readonly payout: Payout; readonly effect: Effect }
    | null;
}

/** What one PSP of the simulator keeps. Reads are strongly consistent. */
export interface SimulatorStore {
  readonly answerTo: (operationId: string) => Promise<StoredAnswer | null>;
  readonly charge: (id: string) => Promise<Charge | null>;
  /** The charge that has a dispute of this id. */
  readonly chargeOfDispute: (disputeId: string) => Promise<Charge | null>;
  readonly payout: (id: string) => Promise<Payout | null>;
  /**
   * Writes all of a record, if the operation has no answer yet and the charge or payout is at the
   * version before the record's, or new at version 1; else `conflict`, and nothing is written. An
   * entry is unsettled from that instant.
   */
  readonly write: (record: OperationRecord) => Promise<'written' | 'conflict'>;
  /** Counts a call of an operation, and says which it was: 1 for the first. */
  readonly countCall: (operationId: string) => Promise<number>;
  /** How many effects an operation had, counted one by one and not by its answer. */
  readonly effects: (operationId: string) => Promise<number>;
  readonly chargesOf: (reference: string) => Promise<readonly Charge[]>;
  /** Each operation about a reference that has an answer, declined ones too, in no order. */
  readonly operationsOf: (reference: string) => Promise<readonly KnownOperation[]>;
  /** Each charge, in no order; those that are written meanwhile may be missing. */
  readonly allCharges: () => AsyncIterable<Charge>;
  /** Each payout, likewise. */
  readonly allPayouts: () => AsyncIterable<Payout>;
}

/** What is scripted for the next calls of one PSP. Reads are strongly consistent. */
export interface ScriptStore {
  /** Takes the next one for a call of this kind; null when none is left. Each is taken once. */
  readonly take: (call: SimulatorCall) => Promise<SimulatorScriptedAnswer | null>;
  /** Puts these in the place of what is left for calls of this kind. */
  readonly put: (call: SimulatorCall, answers: readonly SimulatorScriptedAnswer[]) => Promise<void>;
  readonly left: (call: SimulatorCall) => Promise<readonly SimulatorScriptedAnswer[]>;
}

/** Where the notices of one PSP are posted, and the secret that signs them. */
export interface WebhookEndpoint {
  readonly url: string;
  /** `whsec_` and base64. */
  readonly secret: string;
}

export interface WebhookStore {
  /** Null while none is registered. */
  readonly get: () => Promise<WebhookEndpoint | null>;
  /** In the place of an earlier one. */
  readonly put: (endpoint: WebhookEndpoint) => Promise<void>;
}

/** A settlement file, from its place in the list to its last byte in the bucket. */
export interface SettlementFile {
  /** Its place in the list of all files: 1 for the first. */
  readonly number: number;
  readonly asked: SimulatorSettlementBody;
  /** RFC 3339. */
  readonly opened: string;
  /**
   * - `open`: takes entries
   * - `sealed`: has its entries, all that it will ever have
   * - `written`: is in the bucket
   */
  readonly state: 'open' | 'sealed' | 'written';
}

/** Which entries are in no file yet, and which are in which. Reads are strongly consistent. */
export interface SettlementStore {
  /** All files, by number. */
  readonly files: () => Promise<readonly SettlementFile[]>;
  /** Adds a file to the list, if none has its number; else `conflict`. */
  readonly add: (file: SettlementFile) => Promise<'written' | 'conflict'>;
  /** All entries that no file has. */
  readonly unsettled: () => Promise<readonly SettlementEntry[]>;
  /**
   * Moves entries into a file: each at once out of the unsettled and into the file, if no other
   * file has it and this one is open. What it cannot take, it leaves.
   */
  readonly claim: (number: number, entries: readonly SettlementEntry[]) => Promise<void>;
  /** `open` to `sealed`; from any other state, nothing. */
  readonly seal: (number: number) => Promise<void>;
  /** `sealed` to `written`; from any other state, nothing. */
  readonly markWritten: (number: number) => Promise<void>;
  /** What a file has, in no order. */
  readonly entriesOf: (number: number) => Promise<readonly SettlementEntry[]>;
}
