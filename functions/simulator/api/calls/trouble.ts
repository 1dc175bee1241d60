import type { Trouble } from '../../../../shared/contracts/simulator/behaviour.ts';
import type { SimulatorErrorCode } from '../../../../shared/contracts/simulator/errors.ts';
import type { SimulatorStore } from '../../../../shared/ports/simulator-store.ts';
import { refusal, type SimulatorAnswer } from '../../answer.ts';

export interface TroubleDependencies {
  readonly store: Pick<SimulatorStore, 'countCall'>;
  readonly delay: (ms: number) => Promise<unknown>;
  /** How long a stalled call is held: more than any client's deadline, less than the gateway's. */
  readonly stallMs: number;
}

const errors: Record<NonNullable<Trouble['status']>, { code: SimulatorErrorCode; says: string }> = {
  429: { code: 'busy', says: 'Too many requests: this one was not processed.' },
  500: { code: 'internal_error', says: 'Something went wrong.' },
  502: { code: 'unavailable', says: 'Something went wrong on the way.' },
  503: { code: 'unavailable', says: 'Not now.' },
  504: { code: 'no_answer', says: 'No answer came in time.' },
};

/**
 * Goes through what a token asks for: waits, and gives the answer that is to be given instead of
 * going on; null when there is none.
 */
export function meetTrouble({ store, delay, stallMs }: TroubleDependencies) {
  return async (
    trouble: Trouble | undefined,
    operationId: string,
  ): Promise<SimulatorAnswer | null> => {
    const { delayMs, status, firstCalls } = trouble ?? {};
    if (firstCalls !== undefined && (await store.countCall(operationId)) > firstCalls) {
      return null;
    }
    if (delayMs !== undefined) {
      await delay(delayMs === 'stall' ? stallMs : delayMs);
    }
    return status === undefined ? null : refusal(errors[status].code, errors[status].says, status);
  };
}
