import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type MachineName, subjectOf } from '../../domain/saga/sagas.ts';
import type { StartSaga } from '../../ports/messaging.ts';
import { traced } from '../../runtime/observability.ts';
import { clientOptions } from './client-options.ts';

/**
 * Starts Step Functions executions by their names. A STANDARD machine refuses a second one of a name,
 * which is success; an EXPRESS one may run it, and the saga's first change stops it.
 *
 * @param arns the machines, by name
 */
export function stepFunctionsSagas(arns: Readonly<Record<MachineName, string>>): StartSaga {
  const client = traced(new SFNClient(clientOptions()));
  return async ({ machine, name, subject, operationId, tenant, correlationId }) => {
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn: arns[machine],
          name,
          input: JSON.stringify({
            [`${subjectOf(machine)}_id`]: subject,
            operation_id: operationId,
            tenant,
            correlation_id: correlationId,
          }),
        }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) {
        throw error;
      }
    }
  };
}
