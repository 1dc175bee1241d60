import { expect } from 'vitest';
import { auditLedger } from '../../../shared/domain/audit/audit.ts';
import type { Difference } from '../../../shared/domain/audit/report.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { AuditSources, StoredSubject } from '../../../shared/ports/audit.ts';
import type { Command } from '../../lifecycle/commands.ts';
import { auditedWorld, longAfter, neverOutOfTime } from './history.ts';
import { type Snapshot, sourcesOf } from './snapshot.ts';

export const command: Omit<Command, 'kind'> = {
  pick: 0,
  share: 0.5,
  flag: true,
  amountMinor: 10_000,
  currency: 'EUR',
  mood: 'works',
};

/** EUR 100.00 captured, settled, half of it paid out, a euro sold for dollars, and all folded. */
export async function aWorld(kinds: readonly Command['kind'][] = ['pay', 'settle', 'payout']) {
  const world = auditedWorld();
  for (const kind of kinds) {
    expect(await world.carryOut({ ...command, kind })).toBe('taken');
  }
  await world.convert();
  await world.foldAll();
  return world;
}

export const auditOf = (sources: AuditSources, started = longAfter) =>
  auditLedger(sources, { started, isOutOfTime: neverOutOfTime });

export async function differencesOf(snapshot: Snapshot): Promise<readonly Difference[]> {
  return (await auditOf(sourcesOf(snapshot))).found.listed;
}

export const kindsOf = (differences: readonly Difference[]) => differences.map(({ kind }) => kind);

export const postedOf = ({ transfers }: Snapshot, name: Transfer['posting']): Transfer => {
  const transfer = transfers.find(({ posting }) => posting === name);
  if (!transfer) {
    throw new Error(`nothing is ${name}`);
  }
  return transfer;
};

/** The snapshot without a transfer, or with what it became. */
export const withTransfer = (
  snapshot: Snapshot,
  transfer: Transfer,
  ...by: Transfer[]
): Snapshot => ({
  ...snapshot,
  transfers: snapshot.transfers.flatMap((other) => (other === transfer ? by : [other])),
});

export const withSubjects = (
  snapshot: Snapshot,
  change: (subject: StoredSubject) => StoredSubject | null,
): Snapshot => ({
  ...snapshot,
  subjects: snapshot.subjects.flatMap((subject) => change(subject) ?? []),
});
