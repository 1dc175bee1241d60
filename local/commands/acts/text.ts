import { type ChainName, tenantOf } from '../../../shared/domain/operator-log/chains.ts';
import type { LoggedAct } from '../../../shared/domain/operator-log/entry.ts';
import type { LogBreak } from '../../../shared/domain/operator-log/verify.ts';
import type { ChainVerdict } from '../../../shared/domain/operator-log/verify-chains.ts';

/** The acts, newest first: who did what to what, when and why, and under it what belongs to it. */
export function listText(acts: readonly LoggedAct[]): string[] {
  return acts.length === 0
    ? ['Nothing is on record.']
    : acts.flatMap(({ sequence, time, by, action, subject, reason, details }) => [
        [String(sequence), time, by, action, subject, reason].filter(Boolean).join('  '),
        ...Object.entries(details)
          .filter(([, value]) => value !== '')
          .map(([name, value]) => `  ${name}: ${value}`),
      ]);
}

const breakText: Readonly<Record<LogBreak['kind'], string>> = {
  gap: 'is missing, or another one is in its place',
  changed_entry: 'is not as it was written',
  changed_link: 'does not follow the one before it',
  unmarked: 'has no mark, or that of another',
  changed_head: 'is not the one that a head names',
  lost_head: 'is not in the head, which ends before it',
  truncated: 'is in a head, and the log ends before it',
};

/** What a verification came to, and what to keep of it. */
export function verifiedText(chains: readonly ChainVerdict[]): string[] {
  const broken = chains.flatMap(({ chain, checked, broken }) =>
    broken
      ? [
          `broken${ofText(chain)}: act ${broken.sequence} ${breakText[broken.kind]}`,
          `${actsText(checked)} before it are whole`,
        ]
      : [],
  );
  const checked = chains.reduce((sum, chain) => sum + chain.checked, 0);
  const heads = chains.map(({ chain, head }) => {
    const tenant = tenantOf(chain);
    return `head ${tenant === null ? '' : `${tenant}=`}${head.sequence}:${head.hash}`;
  });
  return broken.length > 0
    ? broken
    : [
        `${actsText(checked)}, whole and in order${chains.length > 1 ? `, in ${chains.length} chains` : ''}`,
        ...heads,
        'Keep the heads elsewhere: with --seen, a later verification shows that all of this is still there.',
      ];
}

function ofText(chain: ChainName): string {
  const tenant = tenantOf(chain);
  return tenant === null ? '' : ` chain of ${tenant}`;
}

function actsText(count: number): string {
  return count === 1 ? '1 act' : `${count} acts`;
}
