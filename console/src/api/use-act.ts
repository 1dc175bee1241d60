import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Paysaga } from '../../../client/src/client.ts';
import { type Session, useSession } from '../session/session.ts';
import { keyOf } from './use-api.ts';

export interface ActContext {
  /** Acts as whoever is signed in: an operator does not act as a tenant. */
  readonly client: Paysaga;
  readonly session: Session;
  /** For `Idempotency-Key`: the same until the same input has succeeded. */
  readonly idempotencyKey: string;
}

/**
 * Does something by the API. Pressed again after a failure, it is the same call with the same key, so
 * what was done already is not done twice; another input is another call.
 *
 * @param invalidates keys of reads that show something else afterwards
 */
export function useAct<Input, Output>(
  act: (input: Input, context: ActContext) => Promise<Output>,
  invalidates: readonly (readonly unknown[])[] = [],
): UseMutationResult<Output, Error, Input> {
  const session = useSession();
  const queries = useQueryClient();
  const intent = useRef({ input: '', idempotencyKey: '' });
  return useMutation<Output, Error, Input>({
    mutationFn: (input) => {
      const text = JSON.stringify(input ?? null);
      if (intent.current.input !== text) {
        intent.current = { input: text, idempotencyKey: crypto.randomUUID() };
      }
      const { idempotencyKey } = intent.current;
      return act(input, { client: session.stage.client, session, idempotencyKey });
    },
    onSuccess: async () => {
      intent.current = { input: '', idempotencyKey: '' };
      await Promise.all(
        invalidates.map((key) => queries.invalidateQueries({ queryKey: keyOf(session, key) })),
      );
    },
  });
}
