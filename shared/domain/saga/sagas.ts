import { type InquiryName, inquiries } from './inquiry.ts';
import { cancelSaga, captureSaga, refundSaga } from './operation-sagas.ts';
import { paymentSaga } from './payment-saga.ts';
import { payoutSaga } from './payout-saga.ts';
import { tasksOf } from './routes.ts';
import type { Saga, SagaTask } from './table.ts';

/** Every saga, by its name. */
export const sagas = {
  payment: paymentSaga,
  capture: captureSaga,
  cancel: cancelSaga,
  refund: refundSaga,
  payout: payoutSaga,
} as const satisfies Record<string, Saga>;

export type SagaName = keyof typeof sagas;
export const sagaNames = Object.keys(sagas) as [SagaName, ...SagaName[]];

type AnySaga = (typeof sagas)[SagaName];
type Step = AnySaga['steps'][number];
type Undo = Extract<Step, { undo: unknown }>['undo'];
type Ends = AnySaga['fail'] | AnySaga['suspend'];
type AnyTask = Step | Undo | Ends;

/** The tasks of all sagas. One that several of them have is one function. */
export type SagaTaskName = AnyTask['name'];

type UndoName<Step> = Step extends { undo: { name: infer Name extends string } } ? Name : never;

/** The tasks of one saga. */
export type TaskNameOf<S extends Saga> =
  | S['steps'][number]['name']
  | UndoName<S['steps'][number]>
  | S['fail']['name']
  | S['suspend']['name'];

/** Every task, by its name. */
export const sagaTasks = Object.fromEntries(
  sagaNames.flatMap((name) => tasksOf(sagas[name]).map((task) => [task.name, task])),
) as Readonly<Record<SagaTaskName, SagaTask>>;

type OutcomeNames<T> = T extends { outcomes: infer O } ? keyof O & string : never;

/** The names of errors by which tasks refuse: data of the tables, not faults. */
export type RefusalName = OutcomeNames<AnyTask> | (typeof inquiries)[InquiryName]['task']['again'];

/** Every state machine: a saga's, or an inquiry's. */
export type MachineName = SagaName | InquiryName;

const machines = { ...sagas, ...inquiries } as const;
export const machineNames = Object.keys(machines) as [MachineName, ...MachineName[]];

/** What a machine moves: an id of this is in its input. */
export function subjectOf(machine: MachineName): 'payment' | 'payout' {
  return machines[machine].subject;
}

/** Every type of event that starts a machine. */
export const startingEvents: readonly string[] = machineNames.flatMap(
  (name) => machines[name].startedBy,
);

/** What an event starts: a machine, and whether for the first time; null for one that starts none. */
export function startedBy(
  eventType: string,
): { readonly machine: MachineName; readonly anew: boolean } | null {
  for (const machine of machineNames) {
    const index = (machines[machine].startedBy as readonly string[]).indexOf(eventType);
    if (index >= 0) {
      return { machine, anew: index > 0 || machine in inquiries };
    }
  }
  return null;
}
