import type { OperatorLogChains } from '../../ports/operator-log.ts';
import { type ChainName, tenantOf } from '../operator-log/chains.ts';
import type { LogHead } from '../operator-log/entry.ts';
import type { LogBreak } from '../operator-log/verify.ts';
import { verifyChains } from '../operator-log/verify-chains.ts';
import { operationsTenant } from '../settlement/break.ts';
import type { Findings } from './report.ts';

/** `SEQUENCE:HASH` of the last act of each chain, by the chain's name. */
export type KeptHeads = Readonly<Partial<Record<ChainName, string>>>;

/** What an audit came to about who did what. */
export interface ActsReport {
  /** In all chains. */
  readonly checked: number;
  /**
   * Here, as whoever rewrites the log does not write here. Of a broken chain it is the one that was
   * seen before, so that the next audit finds the break as well.
   */
  readonly heads: KeptHeads;
  readonly broken: readonly (LogBreak & { readonly chain: ChainName })[];
}

/** The log of acts was not read to its end in the time that there was: nothing is known of it. */
export class ActsUnfinished extends Error {
  override readonly name = 'ActsUnfinished';

  constructor(read: number) {
    super(`out of time after ${read} acts of the log of who did what`);
  }
}

/**
 * Verifies the chains of the log of acts; a break is a difference like others.
 *
 * @param seen the heads that the last report kept
 * @throws ActsUnfinished when it is out of time
 */
export async function auditActs(
  log: OperatorLogChains,
  found: Pick<Findings, 'add'>,
  { seen, isOutOfTime }: { readonly seen: KeptHeads; readonly isOutOfTime: () => boolean },
): Promise<ActsReport> {
  const before = new Map(
    (Object.entries(seen) as [ChainName, string][]).map(([chain, text]) => [chain, headFrom(text)]),
  );
  const verdicts = await verifyChains(limited(log, isOutOfTime), before);
  const broken = verdicts.flatMap((verdict) =>
    verdict.broken ? [{ chain: verdict.chain, ...verdict.broken }] : [],
  );
  for (const { chain, kind, sequence } of broken) {
    found.add({
      kind: 'broken_log',
      tenant: tenantOf(chain) ?? operationsTenant,
      says: `the log of acts ${chain} is not as it was written from act ${sequence} on: ${kind}`,
    });
  }
  const heads = verdicts.map(({ chain, head, broken }) => {
    const { sequence, hash } = (broken && before.get(chain)) ?? head;
    return [chain, `${sequence}:${hash}`];
  });
  return {
    checked: verdicts.reduce((sum, { checked }) => sum + checked, 0),
    heads: Object.fromEntries(heads),
    broken,
  };
}

function limited(log: OperatorLogChains, isOutOfTime: () => boolean): OperatorLogChains {
  let read = 0;
  return {
    names: log.names,
    chain: (name) => {
      const chain = log.chain(name);
      return {
        head: chain.head,
        entries: async function* () {
          for await (const entry of chain.entries()) {
            if (isOutOfTime()) {
              throw new ActsUnfinished(read);
            }
            read += 1;
            yield entry;
          }
        },
      };
    },
  };
}

function headFrom(text: string): LogHead {
  const [, sequence, hash] = /^(\d{1,12}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined) {
    throw new Error('the last report of an audit has no head of the log of acts');
  }
  return { sequence: Number(sequence), hash };
}
