import { startedBy } from '../../../shared/domain/saga/sagas.ts';
import type { StartSaga } from '../../../shared/ports/messaging.ts';

/** Executions that one invocation starts at once. */
const atOnce = 10;

/** What an event of a payment or of a payout says to whom starts a saga. */
export interface StartingEvent {
  /** UUIDv7. */
  readonly id: string;
  readonly type: string;
  /** The id of the payment or the payout. */
  readonly subject: string;
  readonly tenant: string;
  readonly correlation_id: string;
  readonly data: object;
}

/**
 * Starts the saga of each event that starts one. The order does not matter, as an execution is named
 * by what it works on; so ten are started at once.
 *
 * @returns how many, from the first on, have their saga, and why the next one has not
 */
export function startSagas(start: StartSaga) {
  return async (
    events: readonly StartingEvent[],
  ): Promise<{ readonly done: number; readonly error?: unknown }> => {
    for (let done = 0; done < events.length; done += atOnce) {
      const results = await Promise.allSettled(
        events.slice(done, done + atOnce).map(async (event) => start(executionOf(event))),
      );
      const failed = results.findIndex(({ status }) => status === 'rejected');
      if (failed >= 0) {
        return { done: done + failed, error: (results[failed] as PromiseRejectedResult).reason };
      }
    }
    return { done: events.length };
  };
}

/**
 * The execution that an event asks for. One payment has one execution of its own saga, and one of
 * another for each operation. What begins anew, and each inquiry, is named by the event that asks for
 * it, as it may be asked for again.
 *
 * @throws Error when no saga starts with such an event: the stream's filter and the sagas differ
 */
export function executionOf({
  id,
  type,
  subject,
  tenant,
  correlation_id,
  data,
}: StartingEvent): Parameters<StartSaga>[0] {
  const started = startedBy(type);
  if (started === null) {
    throw new Error(`nothing starts with ${type}`);
  }
  const { machine, anew } = started;
  const operationId = machine === 'payment' ? null : operationOf(data);
  return {
    machine,
    name: anew ? id : (operationId ?? subject),
    subject,
    operationId,
    tenant,
    correlationId: correlation_id,
  };
}

function operationOf(data: object): string | null {
  return 'operation_id' in data && typeof data.operation_id === 'string' ? data.operation_id : null;
}
