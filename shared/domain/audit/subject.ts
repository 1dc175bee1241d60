import type { StoredConversion, StoredHistory, StoredSubject } from '../../ports/audit.ts';
import { conversionPostingsOf } from '../conversion.ts';
import { accountId } from '../ledger/accounts.ts';
import type { Transfer } from '../ledger/transfer.ts';
import { compareObjects, describeTransfer } from './compare.ts';
import type { Maker } from './maker.ts';
import { paymentMaker } from './payment.ts';
import { payoutMaker } from './payout.ts';
import type { Finding, Findings } from './report.ts';

/** What else is known when a payment, payout or conversion is audited. */
export interface SubjectContext {
  /** The transfers that name it. They were read before it. */
  readonly transfers: readonly Transfer[];
  /** So many of its events were there before its state was read: the state is that far, or further. */
  readonly leastVersion: number;
}

/** A transfer that a payment, payout or conversion makes. */
export interface OwnTransfer {
  readonly owner: Pick<StoredSubject, 'kind' | 'id'>;
  readonly transfer: Transfer;
}

/**
 * Audits one payment or payout:
 * 1. makes each of its changes again from the facts of its event, which must be possible, give the
 *    event as it is stored, and miss none
 * 2. its state is the one that the events up to its version make, and so is each of its snapshots that
 *    is read still
 * 3. the state and its postings keep the invariants
 * 4. the ledger has no transfer of it but those that the changes make, each in the form that they
 *    give it, and what a settlement posts to its operations
 *
 * Of a conversion, which is written once and never changed, it is the last alone.
 *
 * @returns the transfers that its changes make and that are not among those given: they may have
 *   been written since those were read
 */
export function auditSubject(
  stored: StoredSubject,
  context: SubjectContext,
  found: Findings,
): readonly OwnTransfer[] {
  const { kind, id } = stored;
  const unseen = auditByKind(stored, context, found);
  return unseen.map((transfer) => ({ owner: { kind, id }, transfer }));
}

function auditByKind(
  stored: StoredSubject,
  context: SubjectContext,
  found: Findings,
): readonly Transfer[] {
  switch (stored.kind) {
    case 'payment':
      return auditHistory(stored, paymentMaker, context, found);
    case 'payout':
      return auditHistory(stored, payoutMaker, context, found);
    case 'conversion':
      return auditConversion(stored, context, found);
  }
}

/** What states and events of payments and payouts have in common. */
interface AnyState {
  readonly version: number;
  readonly tenant: string;
}
interface AnyEvent {
  readonly sequence: number;
  readonly tenant: string;
  readonly type: string;
}

interface Made<State> {
  readonly steps: readonly { readonly after: State; readonly transfers: readonly Transfer[] }[];
  /** True when the changes could not be made to the end. */
  readonly isBroken: boolean;
}

type Add = (finding: Omit<Finding, 'tenant'>) => void;

function auditHistory<State extends AnyState, Event extends AnyEvent>(
  stored: StoredHistory<'payment' | 'payout', State, Event>,
  maker: Maker<State, Event>,
  { transfers, leastVersion }: SubjectContext,
  found: Findings,
): readonly Transfer[] {
  const { kind, id, events, state, unreadable } = stored;
  const tenant = (events[0] ?? state ?? transfers[0])?.tenant ?? '';
  const add: Add = (finding) => found.add({ tenant, [kind]: id, ...finding });
  if (unreadable !== null) {
    add({ kind: 'unreadable', says: `the ${kind} cannot be read: ${unreadable}` });
    return [];
  }
  if (events.length === 0 && state === null) {
    for (const transfer of transfers) {
      addExtra(add, transfer, `is of a ${kind} that does not exist`);
    }
    return [];
  }
  const made = make(stored, maker, add);
  checkState(stored, made, leastVersion, add);
  checkSnapshots(stored, made, maker.stateVersion, add);
  if (state && !made.isBroken) {
    const postings = made.steps.slice(0, state.version).flatMap((step) => step.transfers);
    for (const says of maker.brokenRules(state, postings)) {
      add({ kind: 'broken_rule', says });
    }
  }
  const postings = made.steps.flatMap((step) => step.transfers);
  // What the rest of broken events would have made is not known.
  const wrongExtras = made.isBroken ? () => [] : maker.wrongExtras;
  return checkPostings(postings, wrongExtras, transfers, add);
}

function auditConversion(
  { id, conversion, unreadable }: StoredConversion,
  { transfers }: SubjectContext,
  found: Findings,
): readonly Transfer[] {
  const tenant = (conversion ?? transfers[0])?.tenant ?? '';
  const add: Add = (finding) => found.add({ tenant, conversion: id, ...finding });
  if (unreadable !== null) {
    add({ kind: 'unreadable', says: `the conversion cannot be read: ${unreadable}` });
    return [];
  }
  const says = conversion ? 'is not made by it' : 'is of a conversion that does not exist';
  return checkPostings(
    conversion ? conversionPostingsOf(conversion) : [],
    (extras) => extras.map((transfer) => ({ transfer, says })),
    transfers,
    add,
  );
}

function make<State extends AnyState, Event extends AnyEvent>(
  { id, events }: StoredHistory<string, State, Event>,
  maker: Maker<State, Event>,
  add: Add,
): Made<State> {
  const steps: { after: State; transfers: readonly Transfer[] }[] = [];
  for (const event of events) {
    const next = steps.length + 1;
    if (event.sequence !== next) {
      const compared = { expected: `event ${next}`, found: `event ${event.sequence}` };
      add({ kind: 'broken_event', ...compared, says: `event ${next} is missing` });
      return { steps, isBroken: true };
    }
    try {
      const change = maker.make(id, steps.at(-1)?.after ?? null, event);
      const compared = compareObjects(change.event, event);
      if (compared) {
        const says = `event ${next}, ${event.type}, is not what its facts make it`;
        add({ kind: 'changed_event', ...compared, says });
      }
      steps.push(change);
    } catch (error) {
      const says = `event ${next} cannot follow: ${(error as Error).message}`;
      add({ kind: 'broken_event', found: event.type, says });
      return { steps, isBroken: true };
    }
  }
  return { steps, isBroken: false };
}

function checkState<State extends AnyState>(
  { state }: StoredHistory<string, State, unknown>,
  { steps, isBroken }: Made<State>,
  leastVersion: number,
  add: Add,
): void {
  const wrong = (says: string, compared: { expected: string; found: string }) =>
    add({ kind: 'changed_state', ...compared, says });
  if (!state) {
    wrong('it has events and no state', { expected: `version ${steps.length}`, found: 'none' });
    return;
  }
  const found = `version ${state.version}`;
  if (state.version < leastVersion) {
    wrong('its state is behind its events', { expected: `version ${leastVersion}`, found });
    return;
  }
  const made = steps[state.version - 1]?.after;
  const compared = made ? compareObjects(made, state) : null;
  if (compared) {
    wrong('its state is not what its events make', compared);
  } else if (!made && !isBroken) {
    wrong('its state is ahead of its events', { expected: `version ${steps.length}`, found });
  }
}

/** A snapshot of another make is passed over by its readers, and here. */
function checkSnapshots<State extends AnyState>(
  { snapshots }: StoredHistory<string, State, unknown>,
  { steps, isBroken }: Made<State>,
  stateVersion: number,
  add: Add,
): void {
  for (const { version, state } of snapshots.filter((one) => one.stateVersion === stateVersion)) {
    const made = steps[version - 1]?.after;
    const compared = made ? compareObjects(made, state) : null;
    if (compared) {
      const says = `its snapshot of version ${version} is not what its events make`;
      add({ kind: 'changed_snapshot', ...compared, says });
    } else if (!made && !isBroken) {
      const compared = { expected: `version ${steps.length}`, found: `version ${version}` };
      add({ kind: 'changed_snapshot', ...compared, says: 'a snapshot is ahead of its events' });
    }
  }
}

function checkPostings(
  postings: readonly Transfer[],
  wrongExtras: Maker<unknown, unknown>['wrongExtras'],
  transfers: readonly Transfer[],
  add: Add,
): Transfer[] {
  const extras = new Map(transfers.map((transfer) => [transfer.id, transfer]));
  const unseen: Transfer[] = [];
  for (const expected of postings) {
    const stored = extras.get(expected.id);
    extras.delete(expected.id);
    if (stored) {
      checkTransfer(expected, stored, add);
    } else {
      unseen.push(expected);
    }
  }
  for (const { transfer, says } of wrongExtras([...extras.values()], postings)) {
    addExtra(add, transfer, says);
  }
  return unseen;
}

/** Compares a transfer that an event makes with what the ledger has; null when it has none. */
export function checkTransfer(expected: Transfer, stored: Transfer | null, add: Add): void {
  const about = {
    account: accountId(expected.debitAccount, expected.currency),
    transfer: expected.id,
  };
  const title = `the transfer ${expected.posting} to ${accountId(expected.creditAccount, expected.currency)}`;
  if (stored === null) {
    const says = `${title} is missing`;
    add({ kind: 'missing_posting', ...about, expected: describeTransfer(expected), says });
    return;
  }
  const compared = compareObjects(expected, stored);
  if (compared) {
    const says = `${title} is not what its event makes it`;
    add({ kind: 'changed_posting', ...about, ...compared, says });
  }
}

function addExtra(add: Add, transfer: Transfer, says: string): void {
  add({
    kind: 'extra_posting',
    account: accountId(transfer.debitAccount, transfer.currency),
    transfer: transfer.id,
    found: describeTransfer(transfer),
    says: `the transfer ${transfer.posting} to ${accountId(transfer.creditAccount, transfer.currency)} ${says}`,
  });
}
