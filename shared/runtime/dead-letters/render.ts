import type {
  DeadLetterDetailResource,
  DeadLetterQueueResource,
  DeadLetterResource,
} from '../../contracts/operations/dead-letters.ts';
import { type Content, whatOf } from '../../domain/dead-letter/letter.ts';
import type { Story } from '../../ports/dead-letters.ts';
import type { Case } from './examine.ts';
import type { Surveyed } from './survey.ts';

/** A letter as the API and the tools show it. Amounts are in minor units. */
export function renderLetter(of: Case): DeadLetterResource {
  const { letter, edge, content, when, reason, subjects, atRisk, isRiskKnown, verdict } = of;
  return {
    object: 'dead_letter',
    id: letter.id,
    queue: edge.name,
    when,
    what: whatOf(content),
    about: [...subjects],
    at_risk: atRisk.map(({ amountMinor, currency }) => ({ amount: amountMinor, currency })),
    at_risk_known: isRiskKnown,
    reason,
    verdict,
  };
}

/** A queue with what is in it. */
export function renderQueue({
  edge,
  cases,
  more,
  takenByOthers,
}: Surveyed): DeadLetterQueueResource {
  return {
    name: edge.name,
    kind: edge.kind,
    function: edge.function,
    letters: cases.map(renderLetter),
    more,
    taken_by_others: takenByOthers,
  };
}

/** Everything of one letter; `content` is null when it is not of the contract. */
export function renderDetail(of: Case): DeadLetterDetailResource {
  return {
    ...renderLetter(of),
    attributes: of.letter.attributes,
    content: shownOf(of.content),
    present: of.stories.map(({ subject, story }) => ({
      ...subject,
      status: story?.status ?? null,
      version: story?.version ?? null,
      since: story ? sinceOf(of, story).map(({ type, time }) => ({ type, time })) : [],
    })),
  };
}

/** The part of the content that is shown: only what is of a contract, as anything else may hold anything. */
export function shownOf(content: Content): unknown {
  switch (content.kind) {
    case 'event':
      return content.event;
    case 'notice':
      return content.notice;
    case 'delivery':
      return content.delivery;
    case 'range':
      return content.range;
    case 'run':
      return { at: content.at, error: content.error };
    case 'unreadable':
      return null;
  }
}

/** What came to a payment after the letter: by the event that it holds, or by its time. */
export function sinceOf(
  { content, when }: Pick<Case, 'content' | 'when'>,
  { events }: Story,
): Story['events'] {
  return content.kind === 'event'
    ? events.filter(({ sequence }) => sequence > content.event.sequence)
    : events.filter(({ time }) => time > when);
}
