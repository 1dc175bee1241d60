import { userInfo } from 'node:os';
import type { DeadLetterEdge } from '../../../shared/contracts/dead-letters/edge.ts';
import type { OperatorAct } from '../../../shared/ports/operator-log.ts';
import { UsageError } from '../../arguments.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import { type DlqCommand, parseDlq } from './arguments.ts';
import { listJson, logJson, redriveJson, showJson } from './json.ts';
import { discard } from './letters/discard.ts';
import { acts, lastActOn } from './letters/operator.ts';
import { type RedriveDependencies, redrive } from './letters/redrive.ts';
import { survey } from './letters/survey.ts';
import { discardText, goneText, listText, logText, redriveText, showText } from './text.ts';

/** What a command prints, and with which code it ends. */
export interface Answer {
  readonly code: 0 | 1;
  readonly lines: readonly string[];
}

/**
 * The dead letters of a stage: lists, shows, redrives and discards them, and prints what was done.
 *
 * @returns 0 when nothing is left of what was asked about, or it was done; else 1
 * @throws {UsageError} for arguments that are none of its forms, or a stage that is not up
 */
export async function dlqCommand(args: readonly string[]): Promise<number> {
  const command = parseDlq(args, userInfo().username);
  const outputs = await takeEnvironmentOf(command.stage, [
    'data',
    'pipeline',
    'readers',
    'clock',
    'simulator',
  ]);
  const { deadLettersOf } = await import('./wiring.ts');
  const { edges, ...deps } = deadLettersOf(outputs);
  const { code, lines } = await answer(deps, edges, command);
  for (const line of lines) {
    console.log(line);
  }
  return code;
}

/** Does what is asked for. */
export async function answer(
  deps: RedriveDependencies,
  edges: readonly DeadLetterEdge[],
  command: DlqCommand,
): Promise<Answer> {
  const said = (code: boolean, json: unknown, lines: readonly string[]): Answer => ({
    code: code ? 0 : 1,
    lines: command.json ? [JSON.stringify(json)] : lines,
  });
  switch (command.kind) {
    case 'list': {
      const found = await survey(deps, chosen(edges, command.queue), null, async (all) => all);
      const isEmpty = found.every(({ cases, takenByOthers }) => cases.length + takenByOthers === 0);
      return said(isEmpty, listJson(found), listText(found, deps.now()));
    }
    case 'show': {
      const found = await survey(deps, edges, new Set([command.id]), async (all) => all);
      const of = found.flatMap(({ cases }) => cases)[0];
      if (!of) {
        const others = found.reduce((sum, { takenByOthers }) => sum + takenByOthers, 0);
        throw new Error(goneText(command.id, await lastActOn(deps, command.id), others));
      }
      return said(true, showJson(of), showText(of, deps.now()));
    }
    case 'redrive': {
      const ids = command.ids.length > 0 ? new Set(command.ids) : null;
      const result = await redrive(deps, { ...command, ids, edges: chosen(edges, command.queue) });
      const isDone =
        result.missing.length === 0 &&
        result.redriven.every(({ outcome }) => outcome.kind === 'redriven');
      return said(isDone, redriveJson(result), redriveText(result, command.isReal));
    }
    case 'discard': {
      const done = await discard(deps, { ...command, edges });
      const isGone =
        done.kind === 'discarded' || (done.kind === 'gone' && done.last?.action === 'dlq.discard');
      return said(isGone, { discarded: isGone }, discardText(done, command.id));
    }
    case 'log': {
      const all: OperatorAct[] = [];
      for await (const act of acts(deps.log)) {
        all.push(act);
      }
      return said(true, logJson(all), logText(all));
    }
  }
}

function chosen(edges: readonly DeadLetterEdge[], queue: string | null): readonly DeadLetterEdge[] {
  if (queue === null) {
    return edges;
  }
  const edge = edges.find(({ name }) => name === queue);
  if (!edge) {
    throw new UsageError(
      `no queue is named ${queue}; there are ${edges.map(({ name }) => name).join(', ')}`,
    );
  }
  return [edge];
}
