import { inquiries } from '../../../shared/domain/saga/inquiry.ts';
import { sagaNodes } from '../../../shared/domain/saga/routes.ts';
import { type SagaName, sagas } from '../../../shared/domain/saga/sagas.ts';
import type { Saga, SagaTask } from '../../../shared/domain/saga/table.ts';

/** The sagas of a payment: its own, and those of what is asked of it later. */
export type PaymentSagaName = Exclude<SagaName, 'payout'>;

/** What a node is to its saga. `inquiry` and `person` are where it waits once it is suspended. */
export type Role = 'step' | 'undo' | 'fail' | 'suspend' | 'inquiry' | 'person';

/** A node of the drawing, with its place in it: the way forward is row 0, the way back row 1. */
export interface ShapeNode {
  readonly name: string;
  readonly role: Role;
  readonly does: string;
  readonly column: number;
  readonly row: number;
}

/** A way from one node to another that the table has. */
export interface ShapeEdge {
  readonly from: string;
  readonly to: string;
}

/** A saga as it is drawn, made from its table alone. */
export interface Shape {
  readonly saga: PaymentSagaName;
  readonly nodes: readonly ShapeNode[];
  readonly edges: readonly ShapeEdge[];
  /** The nodes that events speak of, by what they do in any saga. */
  readonly names: Names;
}

export interface Names {
  /** What comes before anything is held; null where nothing does. */
  readonly prelude: string | null;
  /** What takes the operation for this execution, and holds what it needs. */
  readonly first: string;
  readonly undoFirst: string | null;
  /** What is done at the PSP: always the last step. */
  readonly atPsp: string;
  readonly undoAtPsp: string | null;
  readonly fail: string;
  readonly suspend: string;
  readonly inquire: string;
  readonly person: string;
}

const person = 'a person';

/** The shape of a saga. */
export function shapeOf(name: PaymentSagaName): Shape {
  const saga: Saga = sagas[name];
  const names = namesOf(saga);
  const inquiry = inquiries.resolve.task;
  // The way back ends at the left: it needs a column more where the first step has something to undo.
  const begin = saga.steps[0]?.undo ? 1 : 0;
  const last = begin + saga.steps.length;
  const forward = saga.steps.map((step, index) => nodeOf(step, 'step', begin + index, 0));
  const backward = saga.steps.flatMap(({ undo }, index) =>
    undo ? [nodeOf(undo, 'undo', begin + index, 1)] : [],
  );
  return {
    saga: name,
    names,
    nodes: [
      ...forward,
      ...backward.reverse(),
      nodeOf(saga.fail, 'fail', 0, 1),
      nodeOf(saga.suspend, 'suspend', last, 0),
      { name: inquiry.name, does: inquiry.does, role: 'inquiry', column: last + 1, row: 0 },
      {
        name: person,
        does: 'looks at the PSP, and says what became of it',
        role: 'person',
        column: last + 1,
        row: 1,
      },
    ],
    edges: [
      ...edgesOf(saga),
      { from: names.suspend, to: names.inquire },
      { from: names.inquire, to: names.person },
    ],
  };
}

function nodeOf({ name, does }: SagaTask, role: Role, column: number, row: number): ShapeNode {
  return { name, does, role, column, row };
}

/** Every way from task to task, each once, whatever leads along it. */
function edgesOf(saga: Saga): ShapeEdge[] {
  const edges = sagaNodes(saga).flatMap(({ task, onSuccess, onOutcome, onFault }) =>
    [onSuccess, ...Object.values(onOutcome), onFault].flatMap((target) =>
      target.to === 'task' ? [{ from: task.name, to: target.name }] : [],
    ),
  );
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values()];
}

/** @throws Error for a saga of one step: nothing of it could be undone */
function namesOf({ steps, fail, suspend }: Saga): Names {
  const [atPsp, first, prelude] = [...steps].reverse();
  if (!atPsp || !first) {
    throw new Error('a saga of a payment takes, and then asks the PSP');
  }
  return {
    prelude: prelude?.name ?? null,
    first: first.name,
    undoFirst: first.undo?.name ?? null,
    atPsp: atPsp.name,
    undoAtPsp: atPsp.undo?.name ?? null,
    fail: fail.name,
    suspend: suspend.name,
    inquire: inquiries.resolve.task.name,
    person,
  };
}
