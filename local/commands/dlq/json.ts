import { whatOf } from '../../../shared/domain/dead-letter/letter.ts';
import type { OperatorAct } from '../../../shared/ports/operator-log.ts';
import type { Case } from './letters/examine.ts';
import type { Redriven } from './letters/redrive.ts';
import type { Surveyed } from './letters/survey.ts';
import { shownOf, sinceOf } from './text.ts';

/** A letter for tools, as `list` and `redrive` show it. */
function letterJson({ letter, edge, content, when, reason, subjects, atRisk, verdict }: Case) {
  return {
    id: letter.id,
    queue: edge.name,
    when,
    what: whatOf(content),
    about: subjects,
    at_risk: atRisk.map(({ amountMinor, currency }) => ({ amount: amountMinor, currency })),
    reason,
    verdict,
  };
}

/** What is in the queues, the empty ones too. Amounts are in minor units. */
export function listJson(found: readonly Surveyed[]) {
  return {
    queues: found.map(({ edge, cases, more, takenByOthers }) => ({
      name: edge.name,
      kind: edge.kind,
      function: edge.function,
      letters: cases.map(letterJson),
      more,
      taken_by_others: takenByOthers,
    })),
  };
}

/** Everything of one letter; `content` is null when it is not of the contract. */
export function showJson(of: Case) {
  return {
    ...letterJson(of),
    attributes: of.letter.attributes,
    content: shownOf(of.content),
    present: of.stories.map(({ subject, story }) => ({
      ...subject,
      status: story?.status ?? null,
      version: story?.version ?? null,
      since: story ? sinceOf(of, story) : [],
    })),
  };
}

export function redriveJson({
  redriven,
  missing,
}: {
  readonly redriven: readonly Redriven[];
  readonly missing: readonly string[];
}) {
  return {
    letters: redriven.map(({ of, outcome }) => ({ ...letterJson(of), outcome })),
    missing,
  };
}

export function logJson(acts: readonly OperatorAct[]) {
  return { acts };
}
