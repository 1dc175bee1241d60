import type { OperatorLog, OperatorLogChains } from '../../ports/operator-log.ts';
import { type ChainName, operatorsChain } from './chains.ts';
import type { LoggedAct } from './entry.ts';

/** All acts of a chain, or of all chains by their times; the newest first. */
export async function allActs(
  log: Pick<OperatorLog, 'list'> & Pick<OperatorLogChains, 'names'>,
  chain?: ChainName,
): Promise<readonly LoggedAct[]> {
  const names = chain ? [chain] : new Set([operatorsChain, ...(await log.names())] as const);
  const acts: LoggedAct[] = [];
  for (const name of names) {
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<OperatorLog['list']>> = await log.list({
        limit: 100,
        after,
        chain: name,
      });
      acts.push(...page.items);
      after = page.next;
    } while (after !== null);
  }
  // In one chain the order is its own, whatever clocks say.
  return chain ? acts : acts.sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
}
