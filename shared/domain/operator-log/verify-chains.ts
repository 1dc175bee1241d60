import type { OperatorLogChains } from '../../ports/operator-log.ts';
import { type ChainName, operatorsChain } from './chains.ts';
import type { LogHead } from './entry.ts';
import { type LogVerdict, verifyChain } from './verify.ts';

export interface ChainVerdict extends LogVerdict {
  readonly chain: ChainName;
}

/**
 * Verifies all chains, that of the operators first. A merchant's chain begins with its first act, so one
 * that is listed, or was seen, and has none is cut. One that neither the list nor `seen` has is not missed.
 *
 * @param seen heads that chains had before
 */
export async function verifyChains(
  log: OperatorLogChains,
  seen: ReadonlyMap<ChainName, LogHead> = new Map(),
): Promise<readonly ChainVerdict[]> {
  const names = new Set([...(await log.names()), ...seen.keys()]);
  names.delete(operatorsChain);
  const verdicts: ChainVerdict[] = [];
  for (const chain of [operatorsChain, ...[...names].sort()] as const) {
    const verify = () => verifyChain(log.chain(chain), seen.get(chain));
    const isEmpty = ({ broken, checked }: LogVerdict) =>
      chain !== operatorsChain && broken === null && checked === 0;
    const first = await verify();
    const verdict = isEmpty(first) ? await verify() : first;
    const broken = isEmpty(verdict) ? { kind: 'truncated' as const, sequence: 1 } : verdict.broken;
    verdicts.push({ chain, ...verdict, broken });
  }
  return verdicts;
}
