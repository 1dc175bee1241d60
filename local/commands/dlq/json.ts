import type { OperatorAct } from '../../../shared/ports/operator-log.ts';
import type { RedriveResult } from '../../../shared/runtime/dead-letters/redrive.ts';
import { renderLetter, renderQueue } from '../../../shared/runtime/dead-letters/render.ts';
import type { Surveyed } from '../../../shared/runtime/dead-letters/survey.ts';

/** What is in the queues, the empty ones too, as the API has it. Amounts are in minor units. */
export function listJson(found: readonly Surveyed[]) {
  return { queues: found.map(renderQueue) };
}

export function redriveJson({ redriven, missing }: Pick<RedriveResult, 'redriven' | 'missing'>) {
  return {
    letters: redriven.map(({ of, outcome }) => ({ ...renderLetter(of), outcome })),
    missing,
  };
}

export function logJson(acts: readonly OperatorAct[]) {
  return { acts };
}
