import { allActs } from '../../../shared/domain/operator-log/list.ts';
import { verifyChains } from '../../../shared/domain/operator-log/verify-chains.ts';
import type { OperatorLog, OperatorLogChains } from '../../../shared/ports/operator-log.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import type { ActsCommand } from './group.ts';
import { listText, verifiedText } from './text.ts';

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
 * @throws {NothingAnswers} when the stage is not up
 */
export async function actsCommand(command: ActsCommand): Promise<number> {
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
