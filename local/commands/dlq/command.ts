import type { DeadLetterEdge } from '../../../shared/contracts/dead-letters/edge.ts';
import type { OperatorAct } from '../../../shared/ports/operator-log.ts';
import { discard } from '../../../shared/runtime/dead-letters/discard.ts';
import { acts, lastActOn } from '../../../shared/runtime/dead-letters/operator.ts';
import { type RedriveDependencies, redrive } from '../../../shared/runtime/dead-letters/redrive.ts';
import { renderDetail } from '../../../shared/runtime/dead-letters/render.ts';
import { mayBeBehind, othersHave, survey } from '../../../shared/runtime/dead-letters/survey.ts';
import { agrees, canAsk } from '../../program/ask.ts';
import { UsageError } from '../../program/exit.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import { type Agreement, agreementOf } from './agreement.ts';
import type { DlqCommand } from './group.ts';
import { listJson, logJson, redriveJson } from './json.ts';
import { discardText, goneText, listText, logText, redriveText, showText } from './text.ts';

/** What a command prints, and with which code it ends. */
export interface Answer {
  readonly code: 0 | 1;
  readonly lines: readonly string[];
  /** What a person who sees that may want to be done then. */
  readonly next?: Agreement | null;
}

/**
 * The dead letters of a stage: lists, shows, redrives and discards them, and prints what was done.
 *
 * @returns 0 when nothing is left of what was asked about, or it was done; else 1
 * @throws {NothingAnswers} when the stage is not up
 */
export async function dlqCommand(command: DlqCommand): Promise<number> {
  const outputs = await takeEnvironmentOf(command.stage, [
    'data',
    'pipeline',
    'readers',
    'clock',
    'simulator',
  ]);
  const { deadLettersOf } = await import('./wiring.ts');
  const { edges, ...deps } = deadLettersOf(outputs);
  const { code, lines, next } = await answer(deps, edges, command);
  print(lines);
  if (!next || !canAsk(command.json) || !(await agrees(next.question))) {
    return code;
  }
  const done = await answer(deps, edges, next.command);
  print(done.lines);
  return done.code;
}

function print(lines: readonly string[]): void {
  for (const line of lines) {
    console.log(line);
  }
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
        const unseen = {
          last: await lastActOn(deps, command.id),
          takenByOthers: othersHave(found),
          more: mayBeBehind(found),
        };
        throw new Error(goneText(command.id, unseen));
      }
      return said(true, renderDetail(of), showText(of, deps.now()));
    }
    case 'redrive': {
      const ids = command.ids.length > 0 ? new Set(command.ids) : null;
      const result = await redrive(deps, { ...command, ids, edges: chosen(edges, command.queue) });
      const isDone =
        result.missing.length === 0 &&
        result.redriven.every(({ outcome }) => outcome.kind === 'redriven');
      const next = agreementOf(command, result);
      return { ...said(isDone, redriveJson(result), redriveText(result, command.isReal)), next };
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
