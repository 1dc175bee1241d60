import { describe, expect, it } from 'vitest';
import { auditLedger, foldMarginMs } from '../../shared/domain/audit/audit.ts';
import { AuditUnfinished } from '../../shared/domain/audit/report.ts';
import type { AuditSources } from '../../shared/ports/audit.ts';
import { aTransfer } from '../support/ledger/transfers.ts';
import { auditedWorld, longAfter } from './world/history.ts';
import {
  auditOf,
  aWorld,
  command,
  kindsOf,
  postedOf,
  withTransfer,
} from './world/settled-world.ts';
import { snapshotOf, sourcesOf } from './world/snapshot.ts';

describe('an audit', () => {
  it('counts what it compared, and gives the trial balance of each book', async () => {
    const { checked, asOf, trialBalances } = await auditOf((await aWorld()).sources);
    expect(checked).toMatchObject({ books: 2, payments: 1, payouts: 1, conversions: 1 });
    expect(checked.transfers).toBe(9);
    expect(checked.events).toBeGreaterThan(5);
    expect(asOf).toMatch(/^2026-01-01T/);
    expect(trialBalances.map(({ tenant, currency, difference }) => [tenant, currency, difference]))
      // The order is that of the scan.
      .toEqual(
        expect.arrayContaining([
          ['acme', 'EUR', 0n],
          ['acme', 'USD', 0n],
        ]),
      );
  });

  it('finds nothing where there is nothing', async () => {
    const result = await auditOf(auditedWorld().sources);
    expect(result.found.count()).toBe(0);
    expect(result.asOf).toBeNull();
  });

  it('names a transfer that is in no book a quarter of an hour after its time, not before', async () => {
    const world = await aWorld();
    expect(await world.carryOut({ ...command, kind: 'pay' })).toBe('taken');
    const young = world.ledger.transfers().slice(-3);
    const last = Math.max(...young.map(({ time }) => Date.parse(time)));
    const at = (ms: number) => new Date(last + foldMarginMs + ms).toISOString();
    const inTime = await auditOf(world.sources, at(-100));
    expect([inTime.found.count(), inTime.notYetFolded]).toEqual([0, 3]);
    const late = await auditOf(world.sources, at(1));
    expect(late.notYetFolded).toBe(0);
    expect(late.found.listed).toEqual(
      young.map(({ id }) => expect.objectContaining({ kind: 'unfolded_transfer', transfer: id })),
    );
  });

  it('looks at the links again before it calls a transfer late', async () => {
    const world = await aWorld();
    await world.carryOut({ ...command, kind: 'pay' });
    const { sources } = world;
    let looks = 0;
    const { found } = await auditOf({
      ...sources,
      ledger: {
        ...sources.ledger,
        books: () => {
          looks += 1;
          return sources.ledger.books();
        },
        limitedAccounts: async function* () {
          yield* sources.ledger.limitedAccounts();
          await world.foldAll();
        },
      },
    });
    expect([found.count(), looks]).toEqual([0, 1]);
  });

  it('calls a difference what a second look has, too', async () => {
    const world = await aWorld();
    const snapshot = await snapshotOf(world.sources);
    const torn = withTransfer(snapshot, postedOf(snapshot, 'fee'));
    const looks = [sourcesOf(torn), sourcesOf(snapshot)];
    let look = -1;
    const current = () => looks[Math.min(look, 1)] as AuditSources;
    const { found } = await auditOf({
      ledger: {
        books: () => {
          look += 1;
          return current().ledger.books();
        },
        days: (...book) => current().ledger.days(...book),
        chain: (...book) => current().ledger.chain(...book),
        limitedAccounts: () => current().ledger.limitedAccounts(),
        transfers: () => current().ledger.transfers(),
      },
      subjects: {
        all: () => current().subjects.all(),
        again: (...subject) => current().subjects.again(...subject),
      },
      findTransfers: (transfers) => current().findTransfers(transfers),
    });
    expect([found.count(), look]).toEqual([0, 1]);
  });

  it('lists a thousand differences and counts all of them', async () => {
    const snapshot = await snapshotOf((await aWorld()).sources);
    const added = Array.from({ length: 700 }, (_, index) => aTransfer({}, `added ${index}`));
    const { found } = await auditOf(
      sourcesOf({ ...snapshot, transfers: [...snapshot.transfers, ...added] }),
    );
    expect([found.listed.length, found.count()]).toEqual([1_000, 1_400]);
  });
});

describe('an audit that runs out of time', () => {
  /** Out of time after so many things were read. */
  const auditFor = async (sources: AuditSources, reads: number) => {
    let read = 0;
    return auditLedger(sources, { started: longAfter, isOutOfTime: () => ++read > reads }).then(
      () => ({ reads: read }),
      (error: unknown) => error,
    );
  };

  it('fails with what it had checked, wherever it is', async () => {
    const { sources } = await aWorld();
    const whole = (await auditFor(sources, 10_000)) as { readonly reads: number };
    for (let reads = 0; reads < whole.reads; reads++) {
      const error = await auditFor(sources, reads);
      expect(error).toBeInstanceOf(AuditUnfinished);
    }
    const error = (await auditFor(sources, whole.reads - 1)) as AuditUnfinished;
    expect(error.checked).toMatchObject({ books: 2, transfers: 9, payments: 1, payouts: 1 });
    expect(error.message).toMatch(/^out of time after 2 books, .* with 0 differences$/);
  });

  it('has the differences of its first look, when it does not come to the end of the second', async () => {
    const snapshot = await snapshotOf((await aWorld()).sources);
    const sources = sourcesOf(withTransfer(snapshot, postedOf(snapshot, 'fee')));
    const whole = (await auditFor(sources, 10_000)) as { readonly reads: number };
    const error = (await auditFor(sources, whole.reads - 1)) as AuditUnfinished;
    expect(error).toBeInstanceOf(AuditUnfinished);
    expect(error.differenceCount).toBe(error.differences.length);
    expect(kindsOf(error.differences)).toContain('missing_posting');
  });
});
