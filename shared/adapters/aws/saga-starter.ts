import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { StartPaymentSaga } from '../../ports/messaging.ts';
import { traced } from '../../runtime/observability.ts';
import { clientOptions } from './client-options.ts';

/**
 * Starts a Step Functions execution named by the payment's id. A STANDARD machine refuses a second
 * one of that name, which is success; an EXPRESS one may run it, and the reservation stops it.
 */
export function stepFunctionsSaga(stateMachineArn: string): StartPaymentSaga {
  const client = traced(new SFNClient(clientOptions()));
  return async ({ paymentId, tenant, correlationId }) => {
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn,
          name: paymentId,
          input: JSON.stringify({
            payment_id: paymentId,
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
