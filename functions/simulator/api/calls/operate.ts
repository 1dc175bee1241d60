import canonicalize from 'canonicalize';
import type {
  CallBehaviour,
  ChargeBehaviour,
} from '../../../../shared/contracts/simulator/behaviour.ts';
import type { SimulatorOperation } from '../../../../shared/contracts/simulator/common.ts';
import type {
  OperationAbout,
  OperationRecord,
  SentNotice,
  SimulatorStore,
  StoredAnswer,
} from '../../../../shared/ports/simulator-store.ts';
import type { SendNotice } from '../../../../shared/ports/webhooks/notices.ts';
import { decline, refusal, type SimulatorAnswer } from '../../answer.ts';
import { type NoticeDependencies, noticesOf } from '../charges/notices.ts';
import type { takeScripted } from './script.ts';
import { meetTrouble, type TroubleDependencies } from './trouble.ts';

export interface OperateDependencies extends TroubleDependencies, NoticeDependencies {
  readonly store: SimulatorStore;
  readonly sendNotice: SendNotice;
  readonly scripted: ReturnType<typeof takeScripted>;
}

/** One operation, on what `read` finds. */
export interface Operation<Subject> {
  readonly id: string;
  /** By which a script knows it; null for what no script is of. */
  readonly call: SimulatorOperation | null;
  /** What it asks for: under the same id nothing else is done. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly read: () => Promise<Subject>;
  /** What an inquiry and notices say of it; null: nothing. */
  readonly about: (subject: Subject) => OperationAbout | null;
  /** How it deviates from doing what it was asked, unless a script says how. */
  readonly behaviour: (subject: Subject) => ChargeBehaviour;
  readonly decide: (subject: Subject, behaviour: ChargeBehaviour) => Decision;
}

/** What an operation comes to: a record to write, or an answer that is not kept. */
export type Decision =
  | {
      readonly answer: SimulatorAnswer;
      readonly outcome: StoredAnswer['outcome'];
      readonly changed: OperationRecord['changed'];
      readonly notices?: readonly SentNotice[];
    }
  | { readonly refused: SimulatorAnswer };

/**
 * Carries out an operation, once however often it is sent:
 * 1. take what is scripted for this call, and meet what it puts before all else: a script is of
 *    calls, also of one that only has an answer repeated
 * 2. read what it is about, and then whether the operation has an answer
 * 3. when it has: the same bytes and the same notices again, or 409 when it was another request
 * 4. meet what the token puts before the effect, unless there was a script
 * 5. decide: declined, refused by the state of things, or that state after it
 * 6. write answer, effect and state in one; when another call came first, start again at 2
 * 7. send the notices; a call that dies before they are sent is made up for by the next one
 * 8. meet what the script or the token puts after the effect
 *
 * The order of 2 closes a race of two calls of one operation:
 *
 *     A  dispute: answer, effect and charge written
 *     B     reads the charge: disputed    reads the answer: A's    ---- A's answer
 *
 * Read the other way round, B could miss A's answer, then see A's charge, and say that the
 * operation is refused while it has taken effect.
 */
export function operate({ store, sendNotice, scripted, ...deps }: OperateDependencies) {
  const meet = meetTrouble({ store, ...deps });
  const give = async ({ status, body, notices }: StoredAnswer): Promise<SimulatorAnswer> => {
    for (const { notice, delaySeconds } of notices) {
      await sendNotice(notice, { delaySeconds });
    }
    return { status, body };
  };
  return async <Subject>(operation: Operation<Subject>): Promise<SimulatorAnswer> => {
    const request = canonicalize(operation.request) as string;
    const script = operation.call && (await scripted(operation.call));
    const refusedFirst = await meet(script?.before, operation.id);
    if (refusedFirst) {
      return refusedFirst;
    }
    // Each conflict is another call that got through, so this ends.
    for (let attempt = 1; ; attempt++) {
      const subject = await operation.read();
      const stored = await store.answerTo(operation.id);
      if (stored) {
        const given =
          stored.request === request
            ? await give(stored)
            : refusal('operation_id_reused', 'The operation id has an answer to another request.');
        return (await meet(script?.after, operation.id)) ?? given;
      }
      const behaviour = script ?? operation.behaviour(subject);
      const meetsTrouble = !script && attempt === 1;
      const instead = meetsTrouble ? await meet(behaviour.before, operation.id) : null;
      if (instead) {
        return instead;
      }
      const about = operation.about(subject);
      const decided =
        about && behaviour.decline
          ? declined(behaviour.decline)
          : operation.decide(subject, behaviour);
      if ('refused' in decided) {
        return decided.refused;
      }
      const { changed, outcome } = decided;
      const notices =
        decided.notices ??
        (about ? noticesOf(deps, operation.id, about, changed, behaviour.notices) : []);
      const answer = { ...decided.answer, outcome, request, about, notices };
      if ((await store.write({ operationId: operation.id, answer, changed })) === 'written') {
        const given = await give(answer);
        return (await meet(behaviour.after, operation.id)) ?? given;
      }
    }
  };
}

function declined({ code, message }: NonNullable<CallBehaviour['decline']>): Decision {
  return { answer: decline(code, message), outcome: 'declined', changed: null };
}
