import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ExecutionDoesNotExist,
  type HistoryEvent,
  paginateGetExecutionHistory,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { clientOptions } from '../../../shared/adapters/aws/client-options.ts';
import type { MachineName } from '../../../shared/domain/saga/sagas.ts';
import type { ExecutedStep, StepTry } from '../../../shared/domain/time-line/sagas.ts';
import type { Witnesses } from './known.ts';

/**
 * Reads executions by their machines and names. Step Functions keeps those of a STANDARD machine for
 * 90 days; of an EXPRESS one it keeps none.
 *
 * @param arnOf the machine's
 */
export function stepFunctionsExecutions(
  arnOf: (machine: MachineName) => string,
): Witnesses['execution'] {
  const client = new SFNClient(clientOptions());
  const types = new Map<string, Promise<string | undefined>>();
  const typeOf = (stateMachineArn: string) => {
    const type =
      types.get(stateMachineArn) ??
      client
        .send(new DescribeStateMachineCommand({ stateMachineArn }))
        .then((answer) => answer.type);
    types.set(stateMachineArn, type);
    return type;
  };
  return async (machine, name) => {
    const machineArn = arnOf(machine);
    if ((await typeOf(machineArn)) === 'EXPRESS') {
      throw new Error('the sagas of this stage are EXPRESS, which keep no history; see their logs');
    }
    const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    try {
      const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
      const history: HistoryEvent[] = [];
      for await (const { events = [] } of paginateGetExecutionHistory(
        { client },
        { executionArn },
      )) {
        history.push(...events);
      }
      return {
        machine,
        name,
        started: timeOf(execution.startDate),
        ended: execution.stopDate ? timeOf(execution.stopDate) : null,
        status: execution.status ?? 'UNKNOWN',
        steps: stepsOf(history),
      };
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) {
        return null;
      }
      throw error;
    }
  };
}

const failures = ['taskFailedEventDetails', 'taskTimedOutEventDetails'] as const;

/** The tasks that an execution came to, each with its tries, by its history in its order. */
export function stepsOf(history: readonly HistoryEvent[]): ExecutedStep[] {
  const steps: { name: string; tries: StepTry[] }[] = [];
  for (const event of history) {
    const { type, timestamp } = event;
    const tries = steps.at(-1)?.tries;
    const current = tries?.at(-1);
    const ended = (error: string | null) => {
      if (tries && current?.ended === null) {
        tries[tries.length - 1] = { ...current, ended: timeOf(timestamp), error };
      }
    };
    switch (type) {
      case 'TaskStateEntered':
        steps.push({ name: event.stateEnteredEventDetails?.name ?? '', tries: [] });
        break;
      case 'TaskScheduled':
        tries?.push({ started: timeOf(timestamp), ended: null, error: null });
        break;
      case 'TaskSucceeded':
        ended(null);
        break;
      case 'TaskFailed':
      case 'TaskTimedOut':
        ended(failures.map((name) => event[name]?.error).find(Boolean) ?? 'an error');
        break;
    }
  }
  return steps;
}

function timeOf(date: Date | undefined): string {
  return (date ?? new Date(0)).toISOString();
}
