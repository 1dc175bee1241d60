import type { InquiryMachine, InquirySchedule } from '../../../shared/domain/saga/inquiry.ts';
import {
  payloadOf,
  retrier,
  type StateMachineDefinition,
  same,
  seconds,
  throttled,
} from './definition.ts';

const wait = 'wait';

/** How often it was asked before; the input that starts an execution has none of it. */
const asked = '($exists($states.input.asked) ? $states.input.asked : 0)';

/**
 * Compiles an inquiry's table into a state machine: it waits, asks, and waits again while the answer is
 * that nothing is known yet, each time as long as the schedule says; past its end as long as at its end.
 * What ends it is the task: it has learned what became of the operation, or has parked it. A task that
 * keeps failing is asked again as well: giving up would leave the outcome to nobody.
 *
 * The waits are in the definition, so a schedule that changes holds for what is asked from then on.
 */
export function inquiryDefinition(
  { name, subject, task }: InquiryMachine,
  { waitsMs }: InquirySchedule,
  functionArn: string,
): StateMachineDefinition {
  const waits = waitsMs.map((ms, index) => seconds(ms, `wait ${index} of ${name}`));
  const again = {
    Next: wait,
    Output: `{% $merge([$states.input, { 'asked': ${asked} + 1 }]) %}`,
  };
  return {
    Comment: `The inquiry ${name}; compiled from shared/domain/saga/inquiry.ts`,
    QueryLanguage: 'JSONata',
    StartAt: wait,
    States: {
      [wait]: {
        Type: 'Wait',
        Comment: 'longer each time',
        Seconds: `{% ${JSON.stringify(waits)}[$min([${asked}, ${waits.length - 1}])] %}`,
        Next: task.name,
      },
      [task.name]: {
        Type: 'Task',
        Comment: task.does,
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: {
          FunctionName: functionArn,
          Payload: { ...payloadOf({ subject }), asked: `{% ${asked} %}` },
        },
        TimeoutSeconds: seconds(task.timeoutMs, `the timeout of ${task.name}`),
        Output: same,
        Retry: [
          throttled,
          { ErrorEquals: [task.again], MaxAttempts: 0 },
          retrier('States.ALL', task.fault.retry),
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], ...again }],
        End: true,
      },
    },
  };
}
