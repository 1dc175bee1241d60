import { createHash } from 'node:crypto';
import type { OperatorAct } from '../../ports/operator-log.ts';

/** How many entries a log has, and the hash of the last one. */
export interface LogHead {
  readonly sequence: number;
  /** SHA-256, hex. */
  readonly hash: string;
}

/** A log without entries: what the first one is linked to. */
export const emptyLog: LogHead = { sequence: 0, hash: '0'.repeat(64) };

/** An act on record: an entry of the log, linked to the one before it. */
export interface LoggedAct extends OperatorAct {
  /** 1 for the first, growing by 1. */
  readonly sequence: number;
  /** The hash of the entry before; that of `emptyLog` in the first. */
  readonly previous: string;
  /** SHA-256 of the canonical form of everything else in the entry, hex. */
  readonly hash: string;
}

/** Something else is on record under an act's id. Nothing was written. */
export class OtherAct extends Error {
  override readonly name = 'OtherAct';

  constructor(id: string) {
    super(`another act than this one is on record under ${id}`);
  }
}

/** The entry that an act becomes behind the last one. */
export function entryOf(act: OperatorAct, { sequence, hash }: LogHead): LoggedAct {
  const linked = { ...storable(act), sequence: sequence + 1, previous: hash };
  return { ...linked, hash: hashOf(linked) };
}

/** The hash that an entry of this content has to have. */
export function hashOf(entry: Omit<LoggedAct, 'hash'>): string {
  return createHash('sha256').update(canonical(entry)).digest('hex');
}

/** True when an entry is this act: in everything but its time, which is another when it is said again. */
export function isOf(act: OperatorAct, entry: LoggedAct): boolean {
  const { time, sequence, previous } = entry;
  return canonical({ ...storable(act), time, sequence, previous }) === canonical(entry);
}

/**
 * JSON as RFC 8785 has it, which for texts and safe integers is: no spaces, and members by their names
 * as UTF-16 has them. Members are named here one by one, so that nothing else of an object counts.
 */
function canonical(entry: Omit<LoggedAct, 'hash'>): string {
  const { action, by, details, id, previous, reason, sequence, subject, time } = entry;
  const members = Object.entries(details)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const texts = (of: Readonly<Record<string, string>>) => JSON.stringify(of).slice(1, -1);
  return [
    `{${texts({ action, by })}`,
    `"details":{${members.join(',')}}`,
    texts({ id, previous, reason }),
    `"sequence":${sequence}`,
    `${texts({ subject, time })}}`,
  ].join(',');
}

/** An act in texts that are stored as they are: half a surrogate pair has no form in UTF-8. */
function storable({ id, time, by, action, subject, reason, details }: OperatorAct): OperatorAct {
  return {
    id: id.toWellFormed(),
    time: time.toWellFormed(),
    by: by.toWellFormed(),
    action,
    subject: subject.toWellFormed(),
    reason: reason.toWellFormed(),
    details: Object.fromEntries(
      Object.entries(details).map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]),
    ),
  };
}
