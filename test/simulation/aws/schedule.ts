import type { Core } from '../kernel/process.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Lambda } from './lambda.ts';

/** Lambda's own, for what is invoked asynchronously: a minute and two minutes after a failed run. */
const retryDelaysMs = [60_000, 120_000] as const;

/** A function that runs by the clock. */
export interface Schedule {
  readonly function: string;
  /** Runs it now, and tells when that run is through, its tries included. */
  readonly run: (through: () => void) => void;
}

export function schedule(
  core: Core,
  functions: Lambda,
  props: { readonly function: string; readonly deadLetters: DeadLetters },
): Schedule {
  const { kernel } = core;
  let runs = 0;
  return {
    function: props.function,
    run: (through) => {
      const name = `${props.function} run ${++runs}`;
      const attempt = (tried: number) => {
        functions.invoke(
          { function: props.function, name: `${name} ~${tried}`, event: {} },
          (answer) => {
            const delayMs = retryDelaysMs[tried];
            if (answer.kind === 'answered') {
              through();
            } else if (delayMs === undefined) {
              props.deadLetters.take({ kind: 'run', schedule: props.function });
              through();
            } else {
              kernel.after(delayMs, `retry of ${name} ~${tried}`, () => attempt(tried + 1));
            }
          },
        );
      };
      attempt(0);
    },
  };
}
