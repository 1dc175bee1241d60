import type { Spec } from './specs.ts';

export type Specs = Readonly<Record<string, Spec<unknown>>>;

/** What was given, by the names of the specs. */
export type Given<S extends Specs> = {
  readonly [Name in keyof S]: S[Name] extends Spec<infer T> ? T : never;
};

/** Who is at this machine, for the record, and when. */
export interface Caller {
  readonly user: string;
  readonly nowMs: number;
}

/** A command as it is written: `R` is what it is asked for. */
export interface CommandForm<O extends Specs, A extends Specs, R> {
  /** What it does, in a sentence or two. */
  readonly says: string;
  /** In their order; optional ones and one that takes many come last. */
  readonly operands?: A;
  /** `perSecond` is `--per-second`. */
  readonly options?: O;
  /** Options that it does not know are the operands of another tool's: `deploy` hands them on. */
  readonly handsOn?: boolean;
  /**
   * Makes of what was given what is asked for. Reads and changes nothing else.
   *
   * @throws {UsageError} for what makes no sense
   */
  readonly read: (given: Given<O> & Given<A>, caller: Caller) => R;
  /** Does it. What it needs is imported here, with `await import(…)`. @returns the exit code */
  readonly run: (request: R) => Promise<number>;
}

export interface Command<out R = unknown> {
  readonly kind: 'command';
  readonly says: string;
  readonly operands: Specs;
  readonly options: Specs;
  readonly handsOn: boolean;
  readonly asked: (given: Readonly<Record<string, unknown>>, caller: Caller) => Asked<R>;
}

/** What a line asks for, and what does it. */
export interface Asked<out R> {
  readonly request: R;
  readonly run: () => Promise<number>;
}

export interface Group<out R = unknown> {
  readonly kind: 'group';
  readonly says: string;
  readonly commands: Readonly<Record<string, Command<R> | Group<R>>>;
}

/** One command; see docs/cli.md for how one is added. */
export function command<R, O extends Specs, A extends Specs = Record<never, never>>({
  says,
  operands,
  options,
  handsOn = false,
  read,
  run,
}: CommandForm<O, A, R>): Command<R> {
  return {
    kind: 'command',
    says,
    operands: operands ?? {},
    options: options ?? {},
    handsOn,
    asked: (given, caller) => {
      const request = read(given as Given<O> & Given<A>, caller);
      return { request, run: () => run(request) };
    },
  };
}

/** Commands under one name: `paysaga keys create`, `paysaga keys list`. */
export function group<R>(
  says: string,
  commands: Readonly<Record<string, Command<R> | Group<R>>>,
): Group<R> {
  return { kind: 'group', says, commands };
}
