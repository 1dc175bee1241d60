import type { DeadLetterEdge } from '../../contracts/dead-letters/edge.ts';
import { passes } from '../../domain/dead-letter/filter.ts';
import {
  type AtRisk,
  atRisk,
  type Concern,
  type Content,
  concernOfEvent,
  concernOfNotice,
  concernOfTransfer,
  concernsOf,
  type Letter,
  type RangeItem,
  reasonOf,
  type Subject,
  whenOf,
} from '../../domain/dead-letter/letter.ts';
import { type Verdict, verdictOf } from '../../domain/dead-letter/verdict.ts';
import type { ReadStory, ReadStreamRange, Story, StreamRecord } from '../../ports/dead-letters.ts';

/** Subjects of one letter that are looked up; a range can have a hundred. */
const storiesOfLetter = 20;

export interface ExamineDependencies {
  readonly contentOf: (edge: DeadLetterEdge, body: string) => Content;
  readonly itemOf: (record: StreamRecord['record']) => RangeItem;
  readonly readRange: ReadStreamRange;
  readonly readStory: ReadStory;
}

/** All that is known of a letter. */
export interface Case<L extends Letter = Letter> {
  readonly edge: DeadLetterEdge;
  readonly letter: L;
  readonly content: Content;
  /** RFC 3339: when it failed for good. */
  readonly when: string;
  /** Why it failed. */
  readonly reason: string;
  readonly subjects: readonly Subject[];
  readonly atRisk: readonly AtRisk[];
  /** False when more may be at risk than can be told: it, or a part of it, could not be read. */
  readonly isRiskKnown: boolean;
  /** Of the first twenty subjects; null where there is no such payment or payout. */
  readonly stories: readonly { readonly subject: Subject; readonly story: Story | null }[];
  /** Of a range: its records that are for the function. */
  readonly records: readonly StreamRecord[];
  readonly verdict: Verdict;
}

/**
 * Examines a letter, and changes nothing:
 * 1. read its body, by what its edge gives up
 * 2. read a range back from its stream, and leave out what the mapping's filters leave out
 * 3. name the payments and payouts that it is about, and look up what became of them
 * 4. judge whether doing it again is safe
 *
 * A letter that cannot be examined is a case as well, and says why: it must not hide the others.
 */
export function examine(deps: ExamineDependencies) {
  return async <L extends Letter>(edge: DeadLetterEdge, letter: L): Promise<Case<L>> => {
    const content = deps.contentOf(edge, letter.body);
    const known = {
      edge,
      letter,
      content,
      when: whenOf(letter, content),
      reason: reasonOf(letter, content),
    };
    try {
      return { ...known, ...(await findings(deps, edge, letter, content)) };
    } catch (error) {
      const verdict: Verdict = {
        kind: 'unknown',
        redo: 'impossible',
        why: `it could not be examined: ${(error as Error).message}`,
        advice: 'look into that, and ask again',
      };
      const nothing = { subjects: [], atRisk: [], isRiskKnown: false, stories: [], records: [] };
      return { ...known, ...nothing, verdict };
    }
  };
}

async function findings(
  deps: ExamineDependencies,
  edge: DeadLetterEdge,
  letter: Letter,
  content: Content,
): Promise<Omit<Case, 'edge' | 'letter' | 'content' | 'when' | 'reason'>> {
  const records = await recordsOf(deps, edge, content);
  const items = Array.isArray(records) ? records.map(({ record }) => deps.itemOf(record)) : records;
  const concerns = concernsOf(concernsIn(content, Array.isArray(items) ? items : []));
  const about = content.kind === 'unreadable' ? content.about : null;
  const subjects = about ? [about] : distinct(concerns.map(({ subject }) => subject));
  const stories = await Promise.all(
    subjects
      .slice(0, storiesOfLetter)
      .map(async (subject) => ({ subject, story: await deps.readStory(subject) })),
  );
  const verdict = verdictOf({
    edge,
    content,
    errorName: letter.attributes.error_name,
    onRecord: content.kind === 'event' ? isOnRecord(content.event, stories[0]?.story) : null,
    items: items as readonly RangeItem[] | 'trimmed' | null,
  });
  const completed = concerns.map((concern) => complete(concern, content, stories));
  return {
    subjects,
    atRisk: about ? allOf(stories) : atRisk(completed),
    isRiskKnown:
      isReadable(content, items) &&
      verdict.kind !== 'not_on_record' &&
      completed.every(({ amountMinor }) => amountMinor !== null),
    stories,
    records: Array.isArray(records) ? records : [],
    verdict,
  };
}

/**
 * Whether all that could be at risk can be told from it. A run, and a try of a webhook, move nothing. What
 * is not of the contract may name a small payment, and be about another.
 */
function isReadable(content: Content, items: readonly RangeItem[] | 'trimmed' | null): boolean {
  switch (content.kind) {
    case 'range':
      return Array.isArray(items) && items.every(({ kind }) => kind !== 'unreadable');
    case 'unreadable':
      return false;
    default:
      return true;
  }
}

/** Null for what is no range. */
async function recordsOf(
  { readRange }: ExamineDependencies,
  edge: DeadLetterEdge,
  content: Content,
): Promise<StreamRecord[] | 'trimmed' | null> {
  if (content.kind !== 'range' || edge.kind !== 'stream') {
    return null;
  }
  const records = await readRange(content.range);
  return records === 'trimmed'
    ? records
    : records.filter(({ record }) => passes(record, edge.filters));
}

function concernsIn(content: Content, items: readonly RangeItem[]): Concern[] {
  switch (content.kind) {
    case 'event':
      return [concernOfEvent(content.event)];
    case 'notice':
      return [concernOfNotice(content.notice)];
    case 'range':
      return items.flatMap((item) => concernOfItem(item) ?? []);
    case 'delivery':
    case 'run':
    case 'unreadable':
      return [];
  }
}

function concernOfItem(item: RangeItem): Concern | null {
  switch (item.kind) {
    case 'event':
      return concernOfEvent(item.event);
    case 'transfer':
      return concernOfTransfer(item.transfer);
    case 'unreadable':
      return null;
  }
}

function distinct(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [subject.id, subject])).values()];
}

/** Whether the store has this very event, and not only one of its place. */
function isOnRecord(
  event: { readonly id: string; readonly sequence: number },
  story: Story | null | undefined,
): boolean {
  return (story?.events ?? []).some(
    ({ id, sequence }) => id === event.id && sequence === event.sequence,
  );
}

/** Of what is about a payment and says no amount, all of it is at risk. */
function allOf(stories: Case['stories']): AtRisk[] {
  return atRisk(
    stories.flatMap(({ subject, story }) =>
      story ? [{ subject, amountMinor: story.amountMinor, currency: story.currency }] : [],
    ),
  );
}

/** All that there is of a payment is its amount; an event may say less than the record has. */
function complete(concern: Concern, content: Content, stories: Case['stories']): Concern {
  const story = stories.find(({ subject }) => subject.id === concern.subject.id)?.story;
  if (!story) {
    return concern;
  }
  if (content.kind === 'event') {
    const isSame = story.currency === concern.currency;
    const larger = Math.max(concern.amountMinor ?? 0, story.amountMinor);
    return { ...concern, amountMinor: isSame ? larger : null };
  }
  return { ...concern, amountMinor: concern.amountMinor ?? story.amountMinor };
}
