import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedId } from '../../../shared/domain/ids.ts';
import {
  type ChainName,
  chainOfTenant,
  operatorsChain,
} from '../../../shared/domain/operator-log/chains.ts';
import { emptyLog, entryOf, OtherAct } from '../../../shared/domain/operator-log/entry.ts';
import { allActs } from '../../../shared/domain/operator-log/list.ts';
import { verifyChain } from '../../../shared/domain/operator-log/verify.ts';
import { verifyChains } from '../../../shared/domain/operator-log/verify-chains.ts';
import type {
  OperatorAct,
  OperatorLog,
  OperatorLogChains,
} from '../../../shared/ports/operator-log.ts';
import { timeAt } from '../../support/ledger/transfers.ts';

type Entry = Awaited<ReturnType<OperatorLog['list']>>['items'][number];

/** What every adapter of the operator log has to do. */
export function operatorLogConforms(
  kind: string,
  open: () => Promise<{
    readonly log: OperatorLog;
    readonly chains: OperatorLogChains;
    readonly close: () => Promise<void>;
  }>,
): void {
  describe(`the operator log on ${kind}`, () => {
    let adapter: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    const act = (ms: number, given: Partial<OperatorAct> = {}): OperatorAct => ({
      id: derivedId('test act', String(ms)),
      time: timeAt(ms),
      by: 'ada',
      action: 'dlq.discard',
      subject: 'letter-1',
      reason: 'the event is of a test',
      details: { queue: 'payments-relay', at_risk: 'EUR 25.00' },
      ...given,
    });
    const operators = () => adapter.chains.chain(operatorsChain);
    const all = async (limit: number) => {
      const acts: Entry[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<OperatorLog['list']>> = await adapter.log.list({
          limit,
          after,
        });
        acts.push(...page.items);
        after = page.next;
      } while (after !== null);
      return acts;
    };

    it('is empty at first', async () => {
      const { log } = adapter;
      const chain = operators();
      expect(await log.list({ limit: 100, after: null })).toEqual({ items: [], next: null });
      expect(await chain.head()).toEqual(emptyLog);
      expect(await verifyChain(chain)).toEqual({ checked: 0, head: emptyLog, broken: null });
    });

    it('has each act as it was, the one that was said last first, in pages of any size', async () => {
      const acts = [
        act(1, { action: 'parked.resolve', details: {} }),
        act(3),
        act(2, { action: 'dlq.redrive', reason: '' }),
        act(3, { id: derivedId('test act', 'at the same time') }),
        act(4, { by: 'jürgen', details: { '10': 'ten', '9': '', Ä: '\u2028 "\\', 'a b': '😀' } }),
      ];
      let head = emptyLog;
      const expected: Entry[] = [];
      for (const one of acts) {
        const entry = entryOf(one, head);
        expect(await adapter.log.append(one)).toEqual(entry);
        head = { sequence: entry.sequence, hash: entry.hash };
        expected.unshift(entry);
      }
      for (const limit of [1, 2, 5, 100]) {
        expect(await all(limit)).toEqual(expected);
      }
      expect(await operators().head()).toEqual(head);
      expect(await verifyChain(operators())).toEqual({ checked: 5, head, broken: null });
    });

    it('takes an act once, and keeps the time when it was first said', async () => {
      const before = await all(100);
      await adapter.log.append(act(1, { action: 'parked.resolve', details: {} }));
      const again = await adapter.log.append(act(3, { time: timeAt(9) }));
      expect(again.time).toBe(timeAt(3));
      expect(await all(100)).toEqual(before);
    });

    it.each<Partial<OperatorAct>>([
      { by: 'somebody else' },
      { action: 'dlq.redrive' },
      { subject: 'letter-2' },
      { reason: 'another' },
      { details: { queue: 'payments-relay' } },
    ])('refuses another act under the same id: %j', async (changed) => {
      const before = await all(100);
      await expect(adapter.log.append(act(3, changed))).rejects.toBeInstanceOf(OtherAct);
      expect(await all(100)).toEqual(before);
    });

    it('keeps texts that have no form in UTF-8 in one that has', async () => {
      const half = act(5, { reason: 'half a pair: \ud83d', details: { '\udc00': '\udc00' } });
      await adapter.log.append(half);
      await adapter.log.append(half);
      expect(await all(1)).toMatchObject([
        { reason: 'half a pair: \ufffd', details: { '\ufffd': '\ufffd' } },
        ...(await all(100)).slice(1),
      ]);
      expect((await verifyChain(operators())).broken).toBeNull();
    });

    it('makes one chain of many that come at once, with each act once', async () => {
      const before = (await all(100)).length;
      const acts = Array.from({ length: 12 }, (_, index) => act(100 + index));
      // Each comes twice.
      await Promise.all([...acts, ...acts].map(adapter.log.append));
      const entries = await all(100);
      expect(entries).toHaveLength(before + acts.length);
      expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
      expect(await verifyChain(operators())).toMatchObject({
        checked: entries.length,
        broken: null,
      });
    });

    it('verifies while it grows, and more than a page of it', async () => {
      const seen = await operators().head();
      const appended = (async () => {
        for (let index = 0; index < 110; index++) {
          await adapter.log.append(act(1_000 + index));
        }
      })();
      let verdict = await verifyChain(operators(), seen);
      while (verdict.broken === null && verdict.checked < seen.sequence + 110) {
        verdict = await verifyChain(operators(), seen);
      }
      await appended;
      expect(verdict).toEqual({
        checked: seen.sequence + 110,
        head: await operators().head(),
        broken: null,
      });
    });

    describe('the chains of merchants', () => {
      const paidOut = (ms: number, tenant: string) =>
        act(ms, { action: 'payout.create', subject: `payout-${ms}`, details: { tenant } });
      const [acme, zenith] = [chainOfTenant('acme'), chainOfTenant('zenith')];
      const idsIn = async (chain: ChainName) =>
        (await allActs({ ...adapter.log, ...adapter.chains }, chain)).map(({ id }) => id);

      it('are of each merchant, begin with its first act, and leave that of the operators alone', async () => {
        const { log, chains } = adapter;
        const head = await operators().head();
        const before = await all(100);
        const acts = [paidOut(5_000, 'acme'), paidOut(5_001, 'zenith'), paidOut(5_002, 'acme')];
        for (const one of [...acts, ...acts]) {
          await log.append(one);
        }
        expect(await idsIn(acme)).toEqual([acts[2]?.id, acts[0]?.id]);
        expect(await idsIn(zenith)).toEqual([acts[1]?.id]);
        expect([...(await chains.names())].sort()).toEqual([operatorsChain, acme, zenith]);
        expect(await chains.chain(zenith).head()).toMatchObject({ sequence: 1 });
        expect([await operators().head(), await all(100)]).toEqual([head, before]);
        const verdicts = await verifyChains(chains);
        expect(verdicts.map(({ checked, broken }) => [checked, broken])).toEqual([
          [head.sequence, null],
          [2, null],
          [1, null],
        ]);
      });

      it('have an act once among all of them, whatever else is said under its id', async () => {
        const other = { ...paidOut(5_000, 'zenith') };
        await expect(adapter.log.append(other)).rejects.toBeInstanceOf(OtherAct);
        await expect(adapter.log.append(act(5_000))).rejects.toBeInstanceOf(OtherAct);
        expect(await idsIn(zenith)).toHaveLength(1);
      });
    });
  });
}
