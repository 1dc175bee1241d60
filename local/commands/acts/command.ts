import { parseArgs } from 'node:util';
import type { StageName } from '../../../infra/stages.ts';
import {
  type ChainName,
  chainOfTenant,
  operatorsChain,
} from '../../../shared/domain/operator-log/chains.ts';
import type { LogHead } from '../../../shared/domain/operator-log/entry.ts';
import { allActs } from '../../../shared/domain/operator-log/list.ts';
import { verifyChains } from '../../../shared/domain/operator-log/verify-chains.ts';
import type { OperatorLog, OperatorLogChains } from '../../../shared/ports/operator-log.ts';
import { UsageError } from '../../arguments.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import { listText, verifiedText } from './text.ts';

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

const forms =
  'give: list [--tenant TENANT] [--json] [--stage dev|prod]\n  or: verify [--seen [TENANT=]SEQUENCE:HASH]... [--json] [--stage dev|prod]';

/** @throws {UsageError} for anything but the forms above */
export function parseActs(args: readonly string[]): ActsCommand {
  const { values, positionals } = parsed(args);
  const { stage = 'local', json, seen, tenant } = values;
  if (stage !== 'local' && stage !== 'dev' && stage !== 'prod') {
    throw new UsageError('--stage is dev or prod; without it the local stack is meant');
  }
  const kind = positionals.join(' ');
  if (kind === 'list' && seen === undefined) {
    return { kind, stage, json, chain: tenant === undefined ? null : chainOfTenant(tenant) };
  }
  if (kind !== 'verify' || tenant !== undefined) {
    throw new UsageError(forms);
  }
  return { kind, stage, json, seen: new Map(seen?.map(headOf)) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        stage: { type: 'string' },
        json: { type: 'boolean', default: false },
        seen: { type: 'string', multiple: true },
        tenant: { type: 'string' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function headOf(text: string): [ChainName, LogHead] {
  const [, tenant, sequence, hash] = /^(?:(.+)=)?(\d{1,12}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined) {
    throw new UsageError('--seen is a head as verify prints it: [TENANT=]SEQUENCE:HASH');
  }
  const chain = tenant === undefined ? operatorsChain : chainOfTenant(tenant);
  return [chain, { sequence: Number(sequence), hash }];
}

/** What a command prints, and with which code it ends. */
export interface Answer {
  readonly code: 0 | 1;
  readonly lines: readonly string[];
}

/**
 * Who did what in a stage that takes a right to do it: lists it, or verifies that it is on record as it
 * was written. It reads with the rights of who calls it, and writes nothing.
 *
 * @returns 1 when a chain of the log is broken
 * @throws {UsageError} for arguments that are none of its forms, or a stage that is not up
 */
export async function actsCommand(args: readonly string[]): Promise<number> {
  const command = parseActs(args);
  await takeEnvironmentOf(command.stage);
  const [{ dynamoOperatorLog, dynamoOperatorLogChains }, { dynamo, tableName }] = await Promise.all(
    [
      import('../../../shared/adapters/dynamo/operator-log.ts'),
      import('../../../shared/adapters/dynamo/client.ts'),
    ],
  );
  const table = tableName('operator_log');
  const { code, lines } = await answer(
    { ...dynamoOperatorLog(dynamo(), table), ...dynamoOperatorLogChains(dynamo(), table) },
    command,
  );
  for (const line of lines) {
    console.log(line);
  }
  return code;
}

/** Does what is asked for. */
export async function answer(
  log: Pick<OperatorLog, 'list'> & OperatorLogChains,
  command: ActsCommand,
): Promise<Answer> {
  const said = (code: 0 | 1, json: unknown, lines: readonly string[]): Answer => ({
    code,
    lines: command.json ? [JSON.stringify(json)] : lines,
  });
  if (command.kind === 'list') {
    const acts = await allActs(log, command.chain ?? undefined);
    return said(0, { acts }, listText(acts));
  }
  const chains = await verifyChains(log, command.seen);
  const isBroken = chains.some(({ broken }) => broken !== null);
  return said(isBroken ? 1 : 0, { chains }, verifiedText(chains));
}
