import canonicalize from 'canonicalize';
import type { CallBehaviour } from '../../../shared/contracts/simulator/behaviour.ts';
import type { SendNotice } from '../../../shared/ports/notices.ts';
import type {
  OperationRecord,
  SimulatorStore,
  StoredAnswer,
} from '../../../shared/ports/simulator-store.ts';
import { decline, refusal, type SimulatorAnswer } from '../answer.ts';
import { meetTrouble, type TroubleDependencies } from './trouble.ts';

export interface OperateDependencies extends TroubleDependencies {
  readonly store: SimulatorStore;
  readonly sendNotice: SendNotice;
}

/** One operation, on what `read` finds. */
export interface Operation<Subject> {
  readonly id: string;
  /** What it asks for: under the same id nothing else is done. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly read: () => Promise<Subject>;
  /** How it deviates from doing what it was asked. */
  readonly behaviour: (subject: Subject) => CallBehaviour;
  readonly decide: (subject: Subject) => Decision;
}

/** What an operation comes to: a record to write, or an answer that is not kept. */
export type Decision =
  | {
      readonly answer: SimulatorAnswer;
      readonly outcome: StoredAnswer['outcome'];
      readonly changed: OperationRecord['changed'];
      readonly notice?: NonNullable<StoredAnswer['notice']>;
    }
  | { readonly refused: SimulatorAnswer };

/**
 * Carries out an operation, once however often it is sent:
 * 1. read what it is about, and then whether the operation has an answer
 * 2. when it has: the same bytes and the same notice again, or 409 when it was another request
 * 3. meet what the token puts before the effect
 * 4. decide: declined, refused by the state of things, or that state after it
 * 5. write answer, effect and state in one; when another call came first, start again at 1
 * 6. send the notice; a call that dies before it is sent is made up for by the next one
 * 7. meet what the token puts after the effect
 *
 * The order of 1 closes a race of two calls of one operation:
 *
 *     A  dispute: answer, effect and charge written
 *     B     reads the charge: disputed    reads the answer: A's    ---- A's answer
 *
 * Read the other way round, B could miss A's answer, then see A's charge, and say that the
 * operation is refused while it has taken effect.
 */
export function operate({ store, sendNotice, ...deps }: OperateDependencies) {
  const meet = meetTrouble({ store, ...deps });
  const give = async ({ status, body, notice }: StoredAnswer): Promise<SimulatorAnswer> => {
    if (notice) {
      await sendNotice(notice);
    }
    return { status, body };
  };
  return async <Subject>(operation: Operation<Subject>): Promise<SimulatorAnswer> => {
    const request = canonicalize(operation.request) as string;
    // Each conflict is another call that got through, so this ends.
    for (let attempt = 1; ; attempt++) {
      const subject = await operation.read();
      const stored = await store.answerTo(operation.id);
      if (stored) {
        return stored.request === request
          ? give(stored)
          : refusal('operation_id_reused', 'The operation id has an answer to another request.');
      }
      const { before, decline: declines, after } = operation.behaviour(subject);
      const instead = attempt === 1 ? await meet(before, operation.id) : null;
      if (instead) {
        return instead;
      }
      const decided = declines ? declined(declines) : operation.decide(subject);
      if ('refused' in decided) {
        return decided.refused;
      }
      const { changed, outcome, notice = null } = decided;
      const answer = { ...decided.answer, outcome, request, notice };
      if ((await store.write({ operationId: operation.id, answer, changed })) === 'written') {
        const given = await give(answer);
        return (await meet(after, operation.id)) ?? given;
      }
    }
  };
}

function declined({ code, message }: NonNullable<CallBehaviour['decline']>): Decision {
  return { answer: decline(code, message), outcome: 'declined', changed: null };
}
