import {
  DescribeExecutionCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
} from '@aws-sdk/client-sfn';
import { machineNames } from '../../../shared/domain/saga/sagas.ts';
import type { CostStack } from '../stack.ts';
import type { CountedExecution } from './sum.ts';

/** EXPRESS is billed by this. */
const expressStepMs = 100;
/** What goes in and out of a state, which is never logged. */
const data = new Set(['input', 'output', 'parameters', 'inputDetails', 'outputDetails', 'cause']);

/** What an execution took; null while it runs. */
export async function executionOf(
  { machines, outputs }: CostStack,
  executionArn: string,
): Promise<CountedExecution | null> {
  const { status, startDate, stopDate, stateMachineArn } = await machines.send(
    new DescribeExecutionCommand({ executionArn }),
  );
  if (status === 'RUNNING' || !startDate || !stopDate) {
    return null;
  }
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client: machines }, { executionArn })) {
    events.push(...(page.events ?? []));
  }
  const ms = stopDate.getTime() - startDate.getTime();
  return {
    machine: machineNames.find((name) => outputs[outputOf(name)] === stateMachineArn) ?? 'unknown',
    transitions: transitionsOf(events.map(({ type = '' }) => type)),
    billed_ms: Math.ceil(ms / expressStepMs) * expressStepMs,
    log_bytes: events.reduce((sum, event) => sum + loggedBytes(event, executionArn), 0),
    log_lines: events.length,
  };
}

function outputOf(machine: string): string {
  const id = machine.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `${id}${machine.startsWith('resolve') ? 'Inquiry' : 'Saga'}Arn`;
}

/** Each state that is entered, each further try of a task, and the way out of the start. */
export function transitionsOf(types: readonly string[]): number {
  const count = (type: string) => types.filter((each) => each === type).length;
  const entered = types.filter((type) => type.endsWith('StateEntered')).length;
  return 1 + entered + count('TaskScheduled') - count('TaskStateEntered');
}

/** As a log of level ALL has it. */
function loggedBytes(event: HistoryEvent, execution_arn: string): number {
  const { id, type, previousEventId, timestamp, ...rest } = event;
  const [details = {}] = Object.values(rest);
  const line = {
    id: String(id),
    type,
    details: Object.fromEntries(Object.entries(details).filter(([name]) => !data.has(name))),
    redrive_count: '0',
    previous_event_id: String(previousEventId),
    event_timestamp: String(timestamp?.getTime()),
    execution_arn,
  };
  return Buffer.byteLength(JSON.stringify(line));
}
