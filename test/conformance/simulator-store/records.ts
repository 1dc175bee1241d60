import { randomUUID } from 'node:crypto';
import type {
  Charge,
  Dispute,
  OperationAbout,
  OperationRecord,
  Payout,
  ScriptStore,
  SettlementEntry,
  SettlementStore,
  SimulatorStore,
  StoredAnswer,
  WebhookStore,
} from '../../../shared/ports/simulator-store.ts';

export interface OpenSimulatorStores {
  readonly store: SimulatorStore;
  readonly scripts: ScriptStore;
  readonly settlements: SettlementStore;
  readonly webhooks: WebhookStore;
  /** The stores of the other PSP in the same place. */
  readonly other: Pick<OpenSimulatorStores, 'store' | 'scripts' | 'settlements' | 'webhooks'>;
  readonly close: () => Promise<void>;
}

export function aCharge(part: Partial<Charge> = {}): Charge {
  return {
    id: `ch_${randomUUID()}`,
    reference: randomUUID(),
    paymentMethod: 'tok_approve',
    currency: 'EUR',
    authorizedMinor: 10_000,
    capturedMinor: 0,
    voidedMinor: 0,
    refundedMinor: 0,
    authorizedUntil: '2026-01-08T00:00:00.000Z',
    disputes: [],
    version: 1,
    ...part,
  };
}

export function aDispute(): Dispute {
  return {
    id: `dp_${randomUUID()}`,
    status: 'open',
    amountMinor: 10_000,
    feeMinor: 1_500,
    reason: 'fraudulent',
    opened: '2026-01-01T00:00:00.000Z',
    closed: null,
  };
}

export function aPayout(part: Partial<Payout> = {}): Payout {
  return {
    id: `po_${randomUUID()}`,
    operationId: randomUUID(),
    reference: randomUUID(),
    destination: 'ba_approve',
    currency: 'EUR',
    amountMinor: 10_000,
    status: 'in_transit',
    version: 1,
    ...part,
  };
}

export function anEntry(charge: Charge): SettlementEntry {
  return {
    id: randomUUID(),
    type: 'capture',
    reference: charge.reference,
    operationId: randomUUID(),
    providerReference: charge.id,
    grossMinor: 1_000_000_000_000,
    feeMinor: 12_000_000_000,
    currency: charge.currency,
    time: '2026-01-01T00:00:00.000Z',
  };
}

const answer: StoredAnswer = {
  status: 200,
  body: '{"b":1,"a":2}',
  outcome: 'authorized',
  request: 'asked',
  about: null,
  notices: [],
};

function anEffect() {
  return { id: randomUUID(), operation: 'charge', amountMinor: 10_000 } as const;
}

/** A record that writes a charge, under an operation of its own unless told otherwise. */
export function aRecord(
  charge: Charge | null,
  part: Partial<OperationRecord> & { readonly entry?: SettlementEntry } = {},
): OperationRecord {
  const { entry = null, ...rest } = part;
  return {
    operationId: randomUUID(),
    answer,
    changed: charge && { charge, effect: anEffect(), entry },
    ...rest,
  };
}

/** A record that an inquiry finds. */
export function aRecordAbout(
  about: Partial<OperationAbout>,
  charge: Charge | null,
): OperationRecord {
  const whole: OperationAbout = {
    reference: randomUUID(),
    type: 'charge',
    amountMinor: null,
    currency: 'EUR',
    chargeId: null,
    ...about,
  };
  return aRecord(charge, { answer: { ...answer, about: whole } });
}

/** A record that writes a payout. */
export function aPayoutRecord(payout: Payout): OperationRecord {
  return { operationId: randomUUID(), answer, changed: { payout, effect: anEffect() } };
}
