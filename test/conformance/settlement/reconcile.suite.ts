import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import { type Break, operationsTenant } from '../../../shared/domain/settlement/break.ts';
import type { Run } from '../../../shared/domain/settlement/run.ts';
import type { Page } from '../../../shared/ports/settlement/reconciliation.ts';
import { type Played, play } from '../../support/settlement/play.ts';
import {
  type Effect,
  type Scenario,
  scenarioArbitrary,
} from '../../support/settlement/scenario.ts';
import {
  type SettlementAdapters,
  type SettlementWorld,
  settlementWorld,
} from '../../support/settlement/world.ts';

/**
 * That a reconciliation holds, whatever happens to it.
 *
 * @param adapters for each history; they may be the same
 * @param numRuns bounds the generated histories
 */
export function reconcileHolds(
  kind: string,
  adaptersFor: () => SettlementAdapters,
  numRuns: number,
): void {
  describe(`a reconciliation on ${kind}`, () => {
    it('finds each fault, invents none, and posts each good line once', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(scenarioArbitrary, async (scenario) => {
          const adapters = adaptersFor();
          const world = settlementWorld(adapters, `run${++run}`);
          const played = await play(world, adapters, scenario);
          const breaks = await breaksOf(adapters, world);
          expectTheBreaks(breaks, played, scenario);
          await expectTheBooks(world, played.effects, breaks);
          expect(played.unpaid).toEqual([]);
          await expectTheRuns(adapters, world, played);
        }),
        { numRuns },
      );
    });
  });
}

function expectTheBreaks(breaks: readonly Break[], played: Played, scenario: Scenario): void {
  const found = breaks.map(({ kind, status, file, lineId, type, operationId }) => ({
    kind,
    status,
    file,
    lineId,
    operationId: kind === 'missing_line' ? `${type} ${operationId}` : operationId,
  }));
  expect(sorted(found)).toEqual(sorted(played.expected));
  // A run that dies after its write does not tell of it.
  expect(new Set(played.filed).size).toBe(played.filed.length);
  if (scenario.crashes.length === 0) {
    expect(sorted(played.filed)).toEqual(sorted(breaks.map(({ id }) => id)));
  }
}

/** What the PSP has not settled is what the open breaks say, and the bank has all the rest. */
async function expectTheBooks(
  world: SettlementWorld,
  effects: readonly Effect[],
  breaks: readonly Break[],
): Promise<void> {
  const broken = new Set(['missing', 'wrong_amount', 'wrong_currency']);
  for (const { tenant, currency } of booksOf(effects)) {
    const own = effects.filter(
      (effect) => effect.tenant === tenant && effect.currency === currency,
    );
    const good = own.filter(({ fault }) => !broken.has(fault));
    const balance = (account: Parameters<SettlementWorld['balance']>[2]) =>
      world.balance(tenant, currency, account);
    const open = breaks.filter(
      (found) => found.status === 'open' && found.ours?.currency === currency && isOf(found, own),
    );
    expect(await balance('psp_receivable')).toBe(
      sum(
        open
          .filter(({ kind }) => kind !== 'duplicate_line')
          .map(({ type, ours }) =>
            type === 'capture' || type === 'chargeback_reversal'
              ? (ours?.amountMinor ?? 0)
              : -(ours?.amountMinor ?? 0),
          ),
      ),
    );
    const captures = good.filter(({ type }) => type === 'capture');
    expect(await balance('psp_fees')).toBe(sum(captures.map(({ fee }) => fee)));
    expect(await balance('bank')).toBe(
      sum(good.map(({ owedMinor, type, fee }) => owedMinor - (type === 'capture' ? fee : 0))),
    );
    const [payable, available] = [
      await balance('merchant_payable'),
      await balance('merchant_available'),
    ];
    const debt = await balance('merchant_debt');
    expect(available).toBeGreaterThanOrEqual(0n);
    expect(debt).toBeGreaterThanOrEqual(0n);
    // What was earned is paid out, available or not settled yet, but for what was paid out too much.
    const earned = (of: readonly Effect[]) =>
      sum(of.map(({ owedMinor, ownFee }) => owedMinor - ownFee));
    const paidOut = await balance('payout_in_transit');
    expect(paidOut + available + payable - debt).toBe(earned(own));
    expect(payable).toBe(earned(own.filter((effect) => !good.includes(effect))));
    expect(paidOut + available).toBe(earned(good) + debt);
  }
}

/** Each file has one run that ended, and its figures are what the others see of it in all. */
async function expectTheRuns(
  { runs }: SettlementAdapters,
  world: SettlementWorld,
  { files, effects }: Played,
): Promise<void> {
  const all = (
    await everything((after) => runs.list({ owner: operationsTenant, limit: 100, after }))
  ).filter(({ file }) => file.includes(`-${world.name}-`));
  expect(sorted(all.map(({ file }) => file))).toEqual(sorted(files.map(({ key }) => key)));
  const perTenant: Run[] = [];
  for (const tenant of new Set(effects.map((effect) => effect.tenant))) {
    perTenant.push(
      ...(await everything((after) => runs.list({ owner: tenant, limit: 100, after }))),
    );
  }
  for (const { file, status, figures } of all) {
    const { lines, matched, breaks } = figures;
    expect(status).toBe('finished');
    expect(lines).toBe(files.find(({ key }) => key === file)?.lines);
    const { missing_line, ...ofLines } = breaks;
    expect(matched + Object.values(ofLines).reduce((a, b) => a + b, 0)).toBe(lines);
    const own = perTenant.filter((run) => run.file === file);
    expect(own.reduce((total, run) => total + run.figures.matched, 0)).toBe(matched);
    expect(own.reduce((total, run) => total + run.figures.breaks.missing_line, 0)).toBe(
      missing_line,
    );
  }
}

/** The breaks that concern a world; of lines about nobody by their files. */
async function breaksOf({ breaks }: SettlementAdapters, world: SettlementWorld): Promise<Break[]> {
  const all = await everything((after) =>
    breaks.list({ owner: operationsTenant, limit: 100, after }),
  );
  return all.filter(({ file }) => file.includes(`-${world.name}-`));
}

async function everything<T>(list: (after: string | null) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const page: Page<T> = await list(after);
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}

function booksOf(effects: readonly Effect[]) {
  const books = effects.map(({ tenant, currency }) => [
    `${tenant} ${currency}`,
    { tenant, currency },
  ]);
  return new Map(books as [string, { tenant: string; currency: Currency }][]).values();
}

function isOf({ operationId }: Break, effects: readonly Effect[]): boolean {
  return effects.some((effect) => effect.operationId === operationId);
}

function sum(amounts: readonly number[]): bigint {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n);
}

function sorted<T>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
