import type { StageName } from '../../../infra/stages.ts';
import {
  type ChainName,
  chainOfTenant,
  operatorsChain,
} from '../../../shared/domain/operator-log/chains.ts';
import type { LogHead } from '../../../shared/domain/operator-log/entry.ts';
import { UsageError } from '../../program/exit.ts';
import { command, group } from '../../program/group.ts';
import { json, stage, text, texts } from '../../program/specs.ts';

interface Common {
  readonly stage: StageName;
  readonly json: boolean;
}

export type ActsCommand = Common &
  (
    | {
        readonly kind: 'list';
        /** Null: all that is on record. */
        readonly chain: ChainName | null;
      }
    | {
        readonly kind: 'verify';
        /** Heads that chains had before: what was verified then has to be there still. */
        readonly seen: ReadonlyMap<ChainName, LogHead>;
      }
  );

const run = async (request: ActsCommand) => (await import('./command.ts')).actsCommand(request);

export const acts = group<ActsCommand>('Who did what that takes a right to it, as a hash chain.', {
  list: command({
    says: 'Lists what was done, by whom and why.',
    options: { tenant: text('TENANT', 'of one tenant’s chain; without it of all'), json, stage },
    read: ({ tenant, ...common }): ActsCommand => ({
      kind: 'list',
      ...common,
      chain: tenant === undefined ? null : chainOfTenant(tenant),
    }),
    run,
  }),
  verify: command({
    says: 'Verifies that it is on record as it was written; ends with 1 when a chain is broken.',
    options: {
      seen: texts(
        '[TENANT=]SEQUENCE:HASH',
        'a head as verify printed it before: what it covers has to be there still',
      ),
      json,
      stage,
    },
    read: ({ seen, ...common }): ActsCommand => ({
      kind: 'verify',
      ...common,
      seen: new Map(seen.map(headOf)),
    }),
    run,
  }),
});

function headOf(head: string): [ChainName, LogHead] {
  const [, tenant, sequence, hash] = /^(?:(.+)=)?(\d{1,12}):([0-9a-f]{64})$/.exec(head) ?? [];
  if (sequence === undefined || hash === undefined) {
    throw new UsageError('--seen is a head as verify prints it: [TENANT=]SEQUENCE:HASH');
  }
  const chain = tenant === undefined ? operatorsChain : chainOfTenant(tenant);
  return [chain, { sequence: Number(sequence), hash }];
}
