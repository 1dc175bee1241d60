import type { DeadLetterEdge } from '../../contracts/dead-letters/edge.ts';
import { aboutOf, type Content, type RangeItem } from './letter.ts';

/**
 * What doing it again comes to:
 * - `repeatable`: done, at most once more than it was, which changes nothing
 * - `fails_again`: given up again, as what it is does not change
 * - `contradicts`: given up again, as long as what is on record does not change
 * - `not_on_record`: done, though it never happened
 * - `trimmed`: the stream has it no more
 * - `next_run`: the next run does it
 * - `unknown`: nobody knows what it would be
 */
export type VerdictKind =
  | 'repeatable'
  | 'fails_again'
  | 'contradicts'
  | 'not_on_record'
  | 'trimmed'
  | 'next_run'
  | 'unknown';

/** Whether a letter may be redriven: as it is, only by force and with a reason, or not at all. */
export type Redo = 'safe' | 'unsafe' | 'impossible';

export const redoOf: Readonly<Record<VerdictKind, Redo>> = {
  repeatable: 'safe',
  fails_again: 'unsafe',
  contradicts: 'unsafe',
  not_on_record: 'unsafe',
  trimmed: 'impossible',
  next_run: 'impossible',
  unknown: 'impossible',
};

export interface Verdict {
  readonly kind: VerdictKind;
  readonly redo: Redo;
  /** Why that is so. */
  readonly why: string;
  /** What a person does now. */
  readonly advice: string;
}

/** What is known of a letter when it is judged. */
export interface Evidence {
  readonly edge: DeadLetterEdge;
  readonly content: Content;
  /** The name of the error with which a function gave it up. */
  readonly errorName: string | undefined;
  /** Of an event: whether the store has this very event; null for anything else. */
  readonly onRecord: boolean | null;
  /** Of a range: the records in it that are for the function, or that they are gone. */
  readonly items: readonly RangeItem[] | 'trimmed' | null;
}

/** Of each function of a stream: why doing a range again is safe, and what if it is gone. */
const streamWork: Readonly<Record<string, { readonly why: string; readonly gone: string }>> = {
  'payments-start-saga': {
    why: 'an execution has the name of what it works on, and one that is there already is the same one',
    gone: 'nothing has to be done: the sweeper starts what has not come to an end; if its queue is empty, discard it',
  },
  'payments-relay': {
    why: 'publishing is at least once, and a consumer takes an event once',
    gone: 'nothing has to be done: the sweeper publishes what is in the store and was never published; discard it',
  },
  'ledger-fold-balances': {
    why: 'a transfer that its book has is not folded again, wherever the stream has come to since',
    gone: 'npm run ledger -- verify names the transfers that are in no book: the ledger has them, the balances lack them; keep the letter until they are in',
  },
};

/** The functions of streams of which this version knows what doing a range again comes to. */
export const knownStreamFunctions = Object.keys(streamWork);

const redrive = 'redrive it';

/** Judges a letter: pure, so that the same evidence gives the same verdict. */
export function verdictOf(evidence: Evidence): Verdict {
  const { edge, content } = evidence;
  if (edge.kind === 'schedule') {
    return verdict(
      'next_run',
      'a run has nothing of its own: what this one did not do is left for the next one',
      'see that the next run ended well; then discard it',
    );
  }
  switch (content.kind) {
    case 'event':
      return ofEvent(evidence.onRecord);
    case 'notice':
      return ofNotice(evidence.errorName, content.notice);
    case 'delivery':
      return verdict(
        'repeatable',
        'a try that is done is not made again, and one that is not comes by itself when it is overdue',
        redrive,
      );
    case 'range':
      return ofRange(edge.name, evidence.items);
    case 'unreadable':
      return edge.kind === 'stream' ? unknown : ofUnreadable(content.says);
    case 'run':
      return unknown;
  }
}

const unknown = verdict(
  'unknown',
  'it is nothing that this edge gives up, so there is nothing to do again',
  'find out who put it there; then discard it',
);

function ofEvent(onRecord: boolean | null): Verdict {
  return onRecord === false
    ? verdict(
        'not_on_record',
        'the store has no such event, so it did not come from there, and a consumer would believe it',
        'find out who can put events on the bus; then discard it',
      )
    : verdict(
        'repeatable',
        'a consumer takes an event once: a second time changes nothing',
        redrive,
      );
}

function ofNotice(
  errorName: string | undefined,
  notice: Extract<Content, { kind: 'notice' }>['notice'],
): Verdict {
  return errorName === 'Poison'
    ? verdict(
        'contradicts',
        'what it says and what is on record cannot both be right, which the function finds again',
        `look up ${aboutOf(notice)} at ${notice.provider}: what is so there has to come into our books; then discard it with what you found`,
      )
    : verdict(
        'repeatable',
        'a notice is held against the record before anything is written: a second time changes nothing',
        redrive,
      );
}

function ofRange(functionName: string, items: Evidence['items']): Verdict {
  const work = streamWork[functionName];
  if (!work) {
    return verdict(
      'unknown',
      `this version does not know what doing a range of ${functionName} again comes to`,
      'use the version that is deployed',
    );
  }
  if (items === 'trimmed' || items === null) {
    return verdict(
      'trimmed',
      'a stream keeps its records for 24 hours, and these are gone',
      work.gone,
    );
  }
  const unreadable = items.filter(({ kind }) => kind === 'unreadable').length;
  if (unreadable > 0 && unreadable === items.length) {
    return verdict(
      'fails_again',
      `none of its records can be read, so the function fails on each again: ${saysOf(items)}`,
      'find out who wrote them; redrive it once a version is deployed that reads them',
    );
  }
  const stays = `; ${unreadable} of its ${items.length} records cannot be read, and will stay`;
  return verdict('repeatable', unreadable > 0 ? work.why + stays : work.why, redrive);
}

function saysOf(items: readonly RangeItem[]): string {
  return [
    ...new Set(items.flatMap((item) => (item.kind === 'unreadable' ? [item.says] : []))),
  ].join('; ');
}

function ofUnreadable(says: string): Verdict {
  return verdict(
    'fails_again',
    `it is not of the contract, and is given up again: ${says}`,
    'find out who sent it; discard it, or redrive it once a version is deployed that knows it',
  );
}

function verdict(kind: VerdictKind, why: string, advice: string): Verdict {
  return { kind, redo: redoOf[kind], why, advice };
}
