import type { MachineName } from '../saga/sagas.ts';
import { type Moment, secondsText } from './moment.ts';

/** One try of a step. */
export interface StepTry {
  /** RFC 3339. */
  readonly started: string;
  /** Null while it runs. */
  readonly ended: string | null;
  /** The name of the error that it ended with; null when it succeeded, or runs still. */
  readonly error: string | null;
}

/** A step of an execution, each time that it came to it. */
export interface ExecutedStep {
  readonly name: string;
  /** A wait of an inquiry has none. */
  readonly tries: readonly StepTry[];
}

/** An execution of a saga or of an inquiry, as Step Functions has it. */
export interface Execution {
  readonly machine: MachineName;
  readonly name: string;
  readonly started: string;
  /** Null while it runs. */
  readonly ended: string | null;
  /** As Step Functions calls it: `SUCCEEDED`, `FAILED`, ... */
  readonly status: string;
  readonly steps: readonly ExecutedStep[];
}

/**
 * An execution: its begin, each try of each of its steps, and its end.
 *
 * @param until when the look ends, RFC 3339: what ended later runs then; null: now
 */
export function sagaMoments(
  { machine, name, ...execution }: Execution,
  until: string | null,
): Moment[] {
  const refers = { machine, execution: name };
  const tries = execution.steps.flatMap((step) =>
    step.tries.map((given, index): Moment => {
      const one = asOf(given, until);
      const number = step.tries.length > 1 ? `, try ${index + 1} of ${step.tries.length}` : '';
      return {
        time: one.started,
        source: 'saga',
        says: `${machine}: ${step.name}${number}: ${outcomeOf(one)}`,
        refers: { ...refers, step: step.name },
        ...(one.error === null ? {} : { isWrong: true }),
      };
    }),
  );
  const end: Moment[] =
    execution.ended === null
      ? []
      : [
          {
            time: execution.ended,
            source: 'saga',
            says: `${machine}: the execution ended as ${execution.status}`,
            refers,
            ...(execution.status === 'SUCCEEDED' ? {} : { isWrong: true }),
          },
        ];
  return [
    { time: execution.started, source: 'saga', says: `${machine}: an execution begins`, refers },
    ...tries,
    ...end,
  ];
}

function asOf(one: StepTry, until: string | null): StepTry {
  const isLater = until !== null && one.ended !== null && one.ended > until;
  return isLater ? { ...one, ended: null, error: null } : one;
}

function outcomeOf({ started, ended, error }: StepTry): string {
  if (ended === null) {
    return 'runs';
  }
  const after = secondsText(Date.parse(ended) - Date.parse(started));
  return error === null ? `done in ${after}` : `${error} after ${after}`;
}
