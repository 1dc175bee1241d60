import type { StageName } from '../../infra/stages.ts';
import { UsageError } from './exit.ts';

/** As commander has it: a flag's is true, one of several values' an array. */
export type Raw = string | readonly string[] | true | undefined;

/** An option or an operand; `T` is what a command gets of it. */
export interface Spec<out T> {
  /** What help calls its value, such as NAME; null: it is a flag. */
  readonly value: string | null;
  readonly says: string;
  readonly isRequired: boolean;
  readonly isMany: boolean;
  /** What help says it is without one. */
  readonly otherwise: string | null;
  /** What a person at a terminal is asked when it is missing, unless it is not needed; else null. */
  readonly question: Question | null;
  /** @throws {UsageError} for a value that cannot be used */
  readonly read: (raw: Raw, name: string) => T;
}

export interface Question {
  readonly asks: string;
  readonly isNeeded: (given: Readonly<Record<string, unknown>>) => boolean;
}

const plain = { isRequired: false, isMany: false, otherwise: null, question: null } as const;

/** `--name NAME` */
export function text(value: string, says: string): Spec<string | undefined> {
  return { ...plain, value, says, read: textOf };
}

/** `--name NAME`, which has to be there; of an operand `<name>`. */
export function required(value: string, says: string): Spec<string> {
  return { ...plain, value, says, isRequired: true, read: (raw, name) => textOf(raw, name) ?? '' };
}

/** `--name A --name B`, or operands, as many as one likes. */
export function texts(value: string, says: string): Spec<readonly string[]> {
  const read = (raw: Raw, name: string) =>
    Array.isArray(raw) ? raw.map((one) => textOf(one, name) ?? '') : [];
  return { ...plain, value, says, isMany: true, read };
}

/** `--yes` */
export function flag(says: string): Spec<boolean> {
  return { ...plain, value: null, says, read: (raw) => raw === true };
}

/** `--seeds N`: a whole number from 1 to the most that it may be. */
export function number<F extends number | undefined>(
  value: string,
  says: string,
  { most, otherwise }: { readonly most: number; readonly otherwise: F },
): Spec<number | F> {
  const read = (raw: Raw, name: string) => {
    const given = textOf(raw, name);
    return given === undefined ? otherwise : numberOf(given, name, most);
  };
  return { ...plain, value, says, otherwise: otherwise?.toString() ?? null, read };
}

/** `--stage dev|prod` */
export const stage: Spec<StageName> = {
  ...plain,
  value: 'dev|prod',
  says: 'a deployed stage, with the credentials of your environment',
  otherwise: 'the local stack',
  read: (raw) => {
    const given = raw ?? 'local';
    if (given !== 'local' && given !== 'dev' && given !== 'prod') {
      throw new UsageError('--stage is dev or prod; without it the local stack is meant');
    }
    return given;
  },
};

/** `--json` */
export const json = flag('one JSON document instead of text; an error as one on stderr');

/** `--by NAME`; see `byOf`. */
export const by = { ...text('NAME', 'who does it, on record'), otherwise: 'you' };

/** Who does it. @throws {UsageError} for nobody */
export function byOf(given: string | undefined, user: string): string {
  const name = (given ?? user).trim();
  if (name === '') {
    throw new UsageError('--by is who does it: it goes on record');
  }
  return name;
}

/** `--reason TEXT`, which a person at a terminal is asked for, when it is needed. */
export function reason(
  says = 'why, on record',
  isNeeded: Question['isNeeded'] = () => true,
): Spec<string | undefined> {
  return { ...text('TEXT', says), question: { asks: 'Why? (it goes on record)', isNeeded } };
}

function textOf(raw: Raw, name: string): string | undefined {
  if (typeof raw !== 'string') {
    return undefined;
  }
  // commander takes what follows an option as its value, whatever it is.
  if (name.startsWith('--') && raw.startsWith('--')) {
    throw new UsageError(`${name} has no value: ${raw} follows it`);
  }
  return raw;
}

function numberOf(given: string, name: string, most: number): number {
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < 1 || value > most) {
    throw new UsageError(`${name} is a number from 1 to ${most}, not ${given}`);
  }
  return value;
}
