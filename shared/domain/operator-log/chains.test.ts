import { describe, expect, it } from 'vitest';
import { memoryOperatorLog } from '../../adapters/memory/operator-log.ts';
import type { OperatorAct, OperatorLogChains } from '../../ports/operator-log.ts';
import { type ChainName, chainOf, chainOfTenant, operatorsChain, tenantOf } from './chains.ts';
import { emptyLog } from './entry.ts';
import { allActs } from './list.ts';
import { verifyChains } from './verify-chains.ts';

const anAct = (number: number, given: Partial<OperatorAct> = {}): OperatorAct => ({
  id: `act-${number}`,
  time: `2026-11-21T10:00:0${number}.000Z`,
  by: 'ada',
  action: 'payout.create',
  subject: 'payout-1',
  reason: '',
  details: { tenant: 'acme' },
  ...given,
});

async function aLog() {
  const log = memoryOperatorLog();
  await log.append(anAct(1));
  await log.append(anAct(2, { action: 'key.revoke' }));
  await log.append(anAct(3, { details: { tenant: 'zenith' } }));
  await log.append(anAct(4));
  return log;
}

const [acme, zenith] = [chainOfTenant('acme'), chainOfTenant('zenith')];

/** The same chains without what is in one of them. */
const without = (
  log: OperatorLogChains,
  gone: ChainName,
  isListed: boolean,
): OperatorLogChains => ({
  names: async () => (await log.names()).filter((name) => isListed || name !== gone),
  chain: (name) => (name === gone ? memoryOperatorLog().chain(name) : log.chain(name)),
});

describe('the chains of the log', () => {
  it('are one of each merchant for what it does, and one for what is done to it and to all', () => {
    for (const action of ['payout.create', 'approval.create', 'webhook.disable'] as const) {
      expect(chainOf(anAct(1, { action }))).toBe(acme);
    }
    for (const action of ['key.revoke', 'parked.resolve', 'tenant.create'] as const) {
      expect(chainOf(anAct(1, { action }))).toBe(operatorsChain);
    }
    expect(chainOf(anAct(1, { details: {} }))).toBe(operatorsChain);
    expect([tenantOf(acme), tenantOf(operatorsChain)]).toEqual(['acme', null]);
  });

  it('are listed as one, newest first, or each by itself', async () => {
    const log = await aLog();
    const ids = async (chain?: ChainName) => (await allActs(log, chain)).map(({ id }) => id);
    expect(await ids()).toEqual(['act-4', 'act-3', 'act-2', 'act-1']);
    expect(await ids(acme)).toEqual(['act-4', 'act-1']);
    expect(await ids(operatorsChain)).toEqual(['act-2']);
  });

  it('are verified each by itself', async () => {
    const verdicts = await verifyChains(await aLog());
    expect(verdicts.map(({ chain, checked, broken }) => [chain, checked, broken])).toEqual([
      [operatorsChain, 1, null],
      [acme, 2, null],
      [zenith, 1, null],
    ]);
    expect(await verifyChains(memoryOperatorLog())).toEqual([
      { chain: operatorsChain, checked: 0, head: emptyLog, broken: null },
    ]);
  });

  it('show one that is gone by its name alone, or by the head of it that was seen', async () => {
    const log = await aLog();
    const seen = new Map([[acme, await log.chain(acme).head()]]);
    const brokenIn = async (isListed: boolean, known?: typeof seen) =>
      (await verifyChains(without(log, acme, isListed), known)).flatMap(({ chain, broken }) =>
        broken ? [{ chain, ...broken }] : [],
      );
    const gone = [{ chain: acme, kind: 'truncated', sequence: 1 }];
    expect(await brokenIn(true)).toEqual(gone);
    expect(await brokenIn(false, seen)).toEqual(gone);
    // What nothing names is not missed.
    expect(await brokenIn(false)).toEqual([]);
  });

  it('takes a chain for gone at a second look only: its name may be seen before its first act', async () => {
    const log = await aLog();
    let looks = 0;
    const late: OperatorLogChains = {
      names: log.names,
      chain: (name) => (name === acme && ++looks === 1 ? memoryOperatorLog() : log).chain(name),
    };
    expect((await verifyChains(late)).filter(({ broken }) => broken)).toEqual([]);
  });
});
