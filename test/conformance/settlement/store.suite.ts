import { expect, it } from 'vitest';
import { derivedId } from '../../../shared/domain/ids.ts';
import { postedTransfer } from '../../../shared/domain/ledger/transfer.ts';
import { closedBy, correctedBy, missingBreakId } from '../../../shared/domain/settlement/break.ts';
import { breakIdsOf, type Claim } from '../../../shared/domain/settlement/decide.ts';
import {
  noFunds,
  postedBy,
  settlementTransfers,
} from '../../../shared/domain/settlement/postings.ts';
import { type FileLine, settledOf } from '../../../shared/domain/settlement/sides.ts';
import { timeAt } from '../../support/ledger/transfers.ts';
import { aBreak, aChange, aClaim, aLine, oursOf } from '../../support/settlement/records.ts';
import type { SettlementAdapters } from '../../support/settlement/world.ts';

const correctedReason = 'line line-2 of psp/2.csv agrees, and was posted in its place';

/** Each test has a tenant and payments of its own: they share their tables. */
export function storeConforms(adapters: () => SettlementAdapters): void {
  const write = (given: Parameters<typeof aChange>[0]) => adapters().store.write(aChange(given));
  const look = async (line: FileLine) => {
    const [known] = await adapters().store.look([
      { settled: settledOf(line), breakIds: breakIdsOf(line) },
    ]);
    return known;
  };
  const available = async (tenant: string) =>
    (await adapters().readLimited(tenant, 'EUR', 'merchant_available')).availableMinor;

  it('know nothing of what nothing was written about', async () => {
    expect(await look(aLine('nothing'))).toEqual({
      claim: null,
      breaks: new Map(),
      hasWaiting: false,
    });
    expect(await adapters().store.waiting(settledOf(aLine('nothing')))).toEqual([]);
  });

  it('answer each question in its place', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => aLine(`place ${index}`));
    const odd = lines.filter((_, index) => index % 2 === 1);
    for (const line of odd) {
      expect(await write({ claim: aClaim(line), files: aBreak(line) })).toBe('written');
    }
    const answers = await adapters().store.look(
      lines.map((line) => ({ settled: settledOf(line), breakIds: [aBreak(line).id] })),
    );
    expect(answers.map(({ claim }) => claim?.paymentId ?? null)).toEqual(
      lines.map((line) => (odd.includes(line) ? line.record.reference : null)),
    );
    expect(answers.map(({ breaks }) => [...breaks.values()])).toEqual(
      lines.map((line) => (odd.includes(line) ? [aBreak(line)] : [])),
    );
  });

  it('have one claim of one thing, whoever comes with it', async () => {
    const [first, second] = [aLine('claimed'), aLine('claimed', {}, { number: 3 })];
    const answers = await Promise.all(
      [first, second, first, second].map((line) => write({ claim: aClaim(line) })),
    );
    expect(answers.toSorted()).toEqual(['refused', 'refused', 'refused', 'written']);
    const winner = (await look(first))?.claim;
    expect([aClaim(first), aClaim(second)]).toContainEqual(winner);
    // The same operation as another type, or of another PSP, is another thing.
    expect(await write({ claim: aClaim(aLine('claimed', { type: 'refund' })) })).toBe('written');
    expect(await write({ claim: aClaim({ ...first, provider: 'other' }) })).toBe('written');
  });

  it('keep sums of any size in a claim', async () => {
    const line = aLine('sums');
    const posted = { ...aClaim(line).posted, settled: 2n ** 70n, psp_fee: 1n };
    await write({ claim: { ...aClaim(line), posted } });
    expect((await look(line))?.claim?.posted).toEqual(posted);
  });

  it('have a claim that broke replaced by a line that agrees, with its postings', async () => {
    const tenant = 'corrected';
    const [wrong, right] = [aLine('corrected'), aLine('corrected', {}, { file: 'psp/2.csv' })];
    const broke = { ...aClaim(wrong, tenant), outcome: 'wrong_amount' } as const;
    const files = aBreak(wrong, tenant);
    expect(await write({ claim: broke, files })).toBe('written');
    const transfers = settlementTransfers(right, oursOf(right, tenant), noFunds, timeAt(1));
    const { file, line, outcome } = broke;
    const claim = { ...aClaim(right, tenant), replaced: { file, line, outcome } };
    const change = { claim, replaces: broke, closes: [correctedBy(files, right, timeAt(1))] };
    expect(await write({ ...change, replaces: null, transfers })).toBe('refused');
    expect((await look(right))?.claim).toEqual(broke);
    expect(await write({ ...change, transfers })).toBe('written');
    expect((await look(right))?.claim).toEqual(claim);
    expect(await adapters().breaks.get(files.id)).toMatchObject({
      status: 'resolved',
      resolution: { by: 'reconciliation', reason: correctedReason },
    });
    expect(await write({ ...change, closes: [] })).toBe('refused');
    expect(await available(tenant)).toBe(9_710n);
  });

  it('have a claim replaced only while it is there as it was read', async () => {
    const [first, second] = [aLine('replaced'), aLine('replaced', {}, { number: 3 })];
    expect(await write({ claim: aClaim(second), replaces: aClaim(first) })).toBe('refused');
    expect((await look(first))?.claim).toBeNull();
    expect(await write({ claim: aClaim(first) })).toBe('written');
    const others = [4, 5, 6, 7].map((number) => aClaim(aLine('replaced', {}, { number })));
    expect(await write({ claim: others[0] as Claim, replaces: aClaim(second) })).toBe('refused');
    const elsewhere = aClaim(aLine('replaced', {}, { file: 'psp/9.csv' }));
    expect(await write({ claim: others[0] as Claim, replaces: elsewhere })).toBe('refused');
    const answers = await Promise.all(
      others.map((claim) => write({ claim, replaces: aClaim(first) })),
    );
    expect(answers.toSorted()).toEqual(['refused', 'refused', 'refused', 'written']);
    expect((await look(first))?.claim).toEqual(others[answers.indexOf('written')]);
  });

  it('say so when a debt is less than was to be paid, and then write nothing', async () => {
    const tenant = 'debt';
    const refund = aLine('owed', { type: 'refund', fee: 0 });
    const owed = settlementTransfers(refund, oursOf(refund, tenant), noFunds, timeAt(1));
    expect(await write({ claim: aClaim(refund, tenant), transfers: owed })).toBe('written');
    const debt = async () =>
      (await adapters().readLimited(tenant, 'EUR', 'merchant_debt')).availableMinor;
    expect(await debt()).toBe(10_000n);
    const paying = (key: string, debtMinor: bigint) => {
      const line = aLine(key);
      const funds = { ...noFunds, debtMinor };
      const transfers = settlementTransfers(line, oursOf(line, tenant), funds, timeAt(1));
      return write({ claim: aClaim(line, tenant), transfers });
    };
    expect(await paying('pays', 10_000n)).toBe('written');
    expect([await debt(), await available(tenant)]).toEqual([290n, 0n]);
    expect(await paying('pays too much', 9_710n)).toBe('insufficient_funds');
    expect((await look(aLine('pays too much')))?.claim).toBeNull();
    expect(await paying('pays too much', 290n)).toBe('written');
    expect([await debt(), await available(tenant)]).toEqual([0n, 9_420n]);
  });

  it('write nothing about what is claimed when it must not be', async () => {
    const line = aLine('unclaimed');
    const files = aBreak(line, 'acme', { kind: 'extra_line' });
    expect(await write({ unclaimed: settledOf(line), files })).toBe('written');
    await write({ claim: aClaim(line) });
    const other = aBreak({ ...line, number: 9 }, 'acme', { kind: 'extra_line' });
    expect(await write({ unclaimed: settledOf(line), files: other })).toBe('refused');
    expect(await adapters().breaks.get(other.id)).toBeNull();
  });

  it('file a break once', async () => {
    const files = aBreak(aLine('filed'));
    expect(await write({ files })).toBe('written');
    expect(await write({ files: { ...files, created: timeAt(1) } })).toBe('refused');
    expect(await adapters().breaks.get(files.id)).toEqual(files);
  });

  it('close an open break once, and with it what closes it', async () => {
    const line = aLine('closed');
    const open = aBreak(line, 'acme', { kind: 'extra_line' });
    await write({ files: open });
    const closed = closedBy(open, line, timeAt(1));
    expect(await write({ claim: aClaim(line), closes: [closed] })).toBe('written');
    expect((await look(line))?.breaks).toEqual(new Map([[open.id, closed]]));
    const next = aLine('closed again');
    expect(await write({ claim: aClaim(next), closes: [closed] })).toBe('refused');
    expect((await look(next))?.claim).toBeNull();
  });

  it('claim nothing while a break is there that must not be', async () => {
    const line = aLine('absent');
    const absent = [missingBreakId(settledOf(line))];
    const missing = { ...aBreak(line), id: absent[0] as string, kind: 'missing_line' as const };
    await write({ unclaimed: settledOf(line), files: missing });
    expect(await write({ claim: aClaim(line), absent })).toBe('refused');
    expect((await look(line))?.claim).toBeNull();
    expect(await write({ claim: aClaim(line), absent: [derivedId('no break')] })).toBe('written');
  });

  it('have either the claim or the break of what is missing, when both come at once', async () => {
    for (let round = 0; round < 10; round++) {
      const line = aLine(`race ${round}`);
      const id = missingBreakId(settledOf(line));
      const files = { ...aBreak(line), id, kind: 'missing_line' as const };
      const answers = await Promise.all([
        write({ claim: aClaim(line), absent: [id] }),
        write({ unclaimed: settledOf(line), files }),
      ]);
      expect(answers.toSorted()).toEqual(['refused', 'written']);
    }
  });

  it('give the lines that wait for one thing in the order of their files', async () => {
    const lines = [
      aLine('waits', {}, { file: 'psp/1.csv', number: 2 }),
      aLine('waits', {}, { file: 'psp/1.csv', number: 10 }),
      aLine('waits', {}, { file: 'psp/2.csv', number: 3 }),
    ];
    for (const line of lines.toReversed()) {
      const files = aBreak(line, 'acme', { kind: 'extra_line' });
      const unclaimed = settledOf(line);
      expect(await write({ files, waiting: line, unclaimed })).toBe('written');
    }
    const [any = aLine('waits')] = lines;
    expect(await adapters().store.waiting(settledOf(any))).toEqual(lines);
    expect((await look(any))?.hasWaiting).toBe(true);
    expect((await look(aLine('waits not')))?.hasWaiting).toBe(false);
  });

  it('write the transfers of a claim with it, or neither', async () => {
    const tenant = 'settled-once';
    const line = aLine('posted');
    const transfers = settlementTransfers(line, oursOf(line, tenant), noFunds, timeAt(1));
    const claim = { ...aClaim(line, tenant), posted: postedBy(transfers) };
    expect(await write({ claim, transfers })).toBe('written');
    expect(await available(tenant)).toBe(9_710n);
    expect(await write({ claim, transfers })).toBe('refused');
    const elsewhere = aLine('posted elsewhere');
    expect(await write({ claim: aClaim(elsewhere, tenant), transfers })).toBe('refused');
    expect((await look(elsewhere))?.claim).toBeNull();
    expect(await available(tenant)).toBe(9_710n);
  });

  it('say when only what is available is too little, and then write nothing', async () => {
    const tenant = 'too-little';
    const line = aLine('too little', { type: 'refund' });
    const funds = { availableMinor: 50n, debtMinor: 0n };
    const takenBack = settlementTransfers(line, oursOf(line, tenant), funds, timeAt(1));
    expect(await write({ claim: aClaim(line, tenant), transfers: takenBack })).toBe(
      'insufficient_funds',
    );
    expect((await look(line))?.claim).toBeNull();
    const source = {
      tenant,
      currency: 'EUR',
      paymentId: null,
      operationId: null,
      time: timeAt(0),
    } as const;
    const id = derivedId('too little');
    await adapters().write([postedTransfer('made_available', 50, id, source)]);
    expect(await write({ claim: aClaim(line, tenant), transfers: takenBack })).toBe('written');
    // It was written, whatever is available by now.
    expect(await write({ claim: aClaim(line, tenant), transfers: takenBack })).toBe('refused');
    expect(await available(tenant)).toBe(0n);
  });
}
