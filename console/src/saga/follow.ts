import type {
  PaymentEvent,
  PaymentEventType,
} from '../../../shared/contracts/events/payment-events.ts';
import type { Place, Walk } from './walk.ts';

type DataOf<T extends PaymentEventType> = Extract<PaymentEvent, { type: T }>['data'];
type Follow<T extends PaymentEventType> = (walk: Walk, data: DataOf<T>) => void;

/** Where a saga goes back to that has nothing at the PSP (any more). */
const wayBack = (walk: Walk): Place => (walk.has('undoFirst') ? 'undoFirst' : 'fail');

/** Of what is said to be unknown or parked: the reversal has a node of its own. */
const subjectOf = (operation: string): Place => (operation === 'reverse' ? 'undoAtPsp' : 'atPsp');

/** What was unknown is known: by whoever was asked for it last. @returns false when nobody was */
function found(walk: Walk, what: string): boolean {
  const asked = (['person', 'inquire'] as const).find((place) =>
    ['under_way', 'waiting'].includes(walk.stateOf(place)),
  );
  if (asked) {
    walk.mark(asked, 'done', what);
  }
  return asked !== undefined;
}

function taken(walk: Walk, note: string | null): void {
  walk.mark('prelude', 'done');
  walk.mark('first', 'done');
  walk.go('prelude', 'first');
  walk.goOn('first', 'atPsp');
  walk.mark('atPsp', 'under_way', note);
}

function succeeded(walk: Walk, { provider }: { readonly provider: string }): void {
  const late = found(walk, 'it took effect') ? ', found out later' : '';
  walk.mark('atPsp', 'done', `at ${provider}${late}`);
}

function declined(walk: Walk, { code }: { readonly code: string }): void {
  walk.mark('atPsp', 'failed', code);
  // What is found out later is no way of this execution: another one begins anew.
  if (!found(walk, 'it was declined')) {
    walk.goOn('atPsp', wayBack(walk), 'Declined');
  }
}

function resumed(walk: Walk): void {
  found(walk, 'it begins anew');
  const next = nextOf(walk);
  if (next === 'undoAtPsp' || next === wayBack(walk)) {
    walk.go('atPsp', next);
  }
  walk.mark(next, 'under_way', 'the saga began anew');
}

/** Where a saga that begins anew goes on: each task before that answers from what is on record. */
function nextOf(walk: Walk): Place {
  const [first, atPsp] = [walk.stateOf('first'), walk.stateOf('atPsp')];
  if (first === 'compensated') {
    return 'fail';
  }
  if (first !== 'done') {
    return walk.has('prelude') ? 'prelude' : 'first';
  }
  if (atPsp === 'compensated' || atPsp === 'failed') {
    return wayBack(walk);
  }
  return atPsp === 'done' && walk.has('undoAtPsp') ? 'undoAtPsp' : 'atPsp';
}

function givenBack(walk: Walk): void {
  if (['under_way', 'waiting'].includes(walk.stateOf('atPsp'))) {
    walk.mark('atPsp', 'failed', walk.noteOf('atPsp'));
    walk.go('atPsp', 'undoFirst');
  }
  walk.mark('undoFirst', 'done');
  walk.mark('first', 'compensated');
  walk.goOn('undoFirst', 'fail');
}

function ended(walk: Walk, { code }: { readonly code: string }): void {
  found(walk, 'it had no effect');
  for (const place of ['prelude', 'first', 'atPsp'] as const) {
    if (['under_way', 'waiting'].includes(walk.stateOf(place))) {
      walk.mark(place, 'failed', code);
      walk.go(place, 'fail', code);
    }
  }
  // It was its turn by the table, and there was nothing to undo.
  if (walk.stateOf('undoFirst') === 'under_way') {
    walk.unmark('undoFirst');
  }
  walk.mark('fail', 'done', code);
}

/** What each event says of the nodes of its saga. The others say nothing of where it is. */
const follows: { readonly [T in PaymentEventType]?: Follow<T> } = {
  'payment.accepted': (walk) => walk.mark('prelude', 'under_way'),
  'payment.capture_requested': (walk) => walk.mark('first', 'under_way'),
  'payment.cancel_requested': (walk) => walk.mark('first', 'under_way'),
  'payment.refund_requested': (walk) => walk.mark('first', 'under_way'),
  'payment.reserved': (walk, { provider }) => taken(walk, `at ${provider}`),
  'payment.operation_started': (walk) => taken(walk, null),
  'payment.refund_held': (walk) => taken(walk, null),
  'payment.provider_busy': (walk, { provider }) => {
    const reverses = ['under_way', 'waiting'].includes(walk.stateOf('undoAtPsp'));
    const note = `${provider} was busy, and did nothing`;
    walk.mark(reverses ? 'undoAtPsp' : 'atPsp', 'under_way', note);
  },
  'payment.charge_retried': (walk, { provider, retry }) =>
    walk.mark('atPsp', 'under_way', `retry ${retry}, at ${provider}`),
  'payment.rerouted': (walk, { to }) => walk.mark('atPsp', 'under_way', `at ${to} now`),
  'payment.authorized': succeeded,
  'payment.captured': succeeded,
  'payment.canceled': succeeded,
  'payment.expired': succeeded,
  'payment.refunded': succeeded,
  'payment.charge_declined': declined,
  'payment.operation_declined': declined,
  'payment.charge_mismatched': (walk) => {
    walk.mark('atPsp', 'done', 'approved something else than was asked');
    if (!found(walk, 'it was approved, but otherwise')) {
      walk.goOn('atPsp', 'undoAtPsp', 'ChargeMismatch');
    }
  },
  'payment.outcome_unknown': (walk, { operation }) => {
    walk.mark(subjectOf(operation), 'waiting', 'nobody knows what became of it');
    walk.mark('suspend', 'done');
    walk.go(subjectOf(operation), 'suspend', 'OutcomeUnknown');
    walk.go('suspend', 'inquire');
    walk.mark('inquire', 'under_way', 'asks the PSP by our reference');
  },
  'payment.parked': (walk, { operation, reason }) => {
    if (walk.stateOf('inquire') === 'under_way') {
      walk.mark('inquire', 'failed', 'found nothing out');
      walk.go('inquire', 'person');
    }
    walk.mark(subjectOf(operation), 'waiting', 'waits for a person');
    walk.mark('person', 'waiting', reason);
  },
  'payment.outcome_resolved': (walk, { outcome }) =>
    void found(walk, outcome === 'took_effect' ? 'it took effect' : 'it had no effect'),
  'payment.resumed': resumed,
  'payment.capture_resumed': resumed,
  'payment.cancel_resumed': resumed,
  'payment.refund_resumed': resumed,
  'payment.charge_reversed': (walk, { means, provider }) => {
    found(walk, 'it took effect');
    walk.mark('undoAtPsp', 'done', `by a ${means}, at ${provider}`);
    walk.mark('atPsp', 'compensated');
    walk.goOn('undoAtPsp', 'undoFirst');
  },
  'payment.reservation_released': givenBack,
  'payment.refund_returned': givenBack,
  'payment.failed': ended,
  'payment.operation_failed': ended,
};

/** Takes one event of a saga into account: what it says of which node, and where the saga goes next. */
export function follow(walk: Walk, { type, sequence, data }: PaymentEvent): void {
  walk.comeTo(sequence);
  (follows[type] as ((walk: Walk, data: unknown) => void) | undefined)?.(walk, data);
}
