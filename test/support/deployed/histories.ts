import {
  paginateGetExecutionHistory,
  paginateListExecutions,
  type SFNClient,
} from '@aws-sdk/client-sfn';

/** The history of every execution of some machines: its input, and what each task answered in it. */
export async function* historiesOf(
  client: SFNClient,
  machineArns: readonly string[],
): AsyncGenerator<string> {
  for (const stateMachineArn of machineArns) {
    const listed = paginateListExecutions({ client, pageSize: 1_000 }, { stateMachineArn });
    for await (const { executions = [] } of listed) {
      for (const { executionArn } of executions) {
        const pages = paginateGetExecutionHistory(
          { client, pageSize: 1_000 },
          { executionArn, includeExecutionData: true },
        );
        for await (const { events } of pages) {
          yield JSON.stringify(events);
        }
      }
    }
  }
}
