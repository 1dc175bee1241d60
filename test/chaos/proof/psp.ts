import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type { PayoutEvent } from '../../../shared/contracts/events/payout-events.ts';
import { simulatorOperations } from '../../../shared/contracts/simulator/common.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import { notProcessed } from '../../../shared/domain/payment/outcome.ts';
import type { StoredPayment, StoredPayout } from '../../../shared/ports/audit.ts';
import type { Evidence, Finding } from './evidence.ts';
import { isParked } from './money.ts';

/** Every operation id that our events name, and those of the payments' own sagas. */
export function operationIdsOf(payments: readonly StoredPayment[]): Set<string> {
  return new Set(
    payments.flatMap(({ id, events }) => [
      operationId(id, 'charge'),
      operationId(id, 'reverse'),
      ...events.flatMap(({ data }) => ('operation_id' in data ? [data.operation_id] : [])),
    ]),
  );
}

/** 3: at most one effect at the PSP per operation id, counted at the PSP. */
export function effectsAreSingle({ payments, payouts, psps }: Evidence): Finding {
  // The bank is the first PSP, and knows a payout by its own id.
  const known = new Set([...operationIdsOf(payments), ...payouts.map(({ id }) => id)]);
  const own: ReadonlySet<string> = new Set([...simulatorOperations, 'payout']);
  const counts = new Map([...known].map((id) => [id, 0]));
  const violations: string[] = [];
  for (const { name, effects, reported } of psps) {
    for (const { operationId: id, operation } of effects) {
      if (own.has(operation)) {
        if (!known.has(id)) {
          violations.push(`${name} did a ${operation} ${id} that we do not know of`);
        }
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    for (const { operation_id: id, effects: said } of reported) {
      const stored = effects.filter((effect) => effect.operationId === id).length;
      if (said !== stored) {
        violations.push(`${name} says ${said} effects of ${id}, and has ${stored}`);
      }
    }
  }
  const of = (least: number, most: number) =>
    [...counts].filter(([, count]) => count >= least && count <= most);
  const more = of(2, Number.POSITIVE_INFINITY);
  return {
    counted: `${counts.size} operation ids, ${of(1, 1).length} with one effect, ${of(0, 0).length} with none, ${more.length} with more`,
    violations: [
      ...violations,
      ...more.map(([id, count]) => `operation ${id} took effect ${count} times`),
    ],
  };
}

/** What makes known what became of an operation. */
const conclusions: ReadonlySet<PaymentEvent['type']> = new Set([
  'payment.authorized',
  'payment.captured',
  'payment.charge_declined',
  'payment.charge_mismatched',
  'payment.charge_reversed',
  'payment.operation_declined',
  'payment.canceled',
  'payment.expired',
  'payment.refunded',
  'payment.outcome_resolved',
] as const);

/** What nobody may do while it is not known. */
const acts: ReadonlySet<PaymentEvent['type']> = new Set([
  'payment.provider_busy',
  'payment.rerouted',
  'payment.reservation_released',
  'payment.failed',
  'payment.operation_failed',
  'payment.refund_returned',
] as const);

/** A time in which nobody knew what became of an operation. */
interface Darkness {
  readonly payment: StoredPayment;
  readonly operation: string;
  readonly id: string;
  readonly from: PaymentEvent;
  /** Null: it lasts. */
  readonly to: PaymentEvent | null;
  readonly meanwhile: readonly PaymentEvent[];
}

export function darknessesOf(payment: StoredPayment): Darkness[] {
  const { events } = payment;
  return events.flatMap((from, index) => {
    if (from.type !== 'payment.outcome_unknown') {
      return [];
    }
    const { operation_id: id, operation } = from.data;
    const after = events.slice(index + 1);
    const end = after.findIndex(
      ({ type, data }) =>
        conclusions.has(type) && 'operation_id' in data && data.operation_id === id,
    );
    const to = after[end] ?? null;
    return [{ payment, operation, id, from, to, meanwhile: to ? after.slice(0, end) : after }];
  });
}

/** 9: nothing unknown is retried, voided or failed over before a conclusive answer. */
export function unknownIsLeftAlone({ payments, payouts, calls, terms }: Evidence): Finding {
  const all = payments.flatMap(darknessesOf);
  const sends = calls.filter(({ method }) => method === 'POST');
  const violations = all.flatMap((dark) => {
    const { payment, id, operation, from, to, meanwhile } = dark;
    // A payment's own saga acts for all of it; an operation stands for itself.
    const isOwn = operation === 'charge' || operation === 'reverse';
    const ids = isOwn
      ? [operationId(payment.id, 'charge'), operationId(payment.id, 'reverse')]
      : [id];
    const concerns = ({ data }: PaymentEvent) =>
      isOwn ? true : 'operation_id' in data && data.operation_id === id;
    const sent = sends.filter(
      ({ operation_id, time }) =>
        operation_id !== null &&
        ids.includes(operation_id) &&
        time > from.time &&
        (to === null || time < to.time),
    );
    const isTooEarly =
      to !== null &&
      'code' in to.data &&
      to.data.code === notProcessed.code &&
      Date.parse(to.time) - Date.parse(from.time) < terms.settleWindowMs;
    return [
      ...meanwhile
        .filter((event) => acts.has(event.type) && concerns(event))
        .map(({ type }) => `${operation} ${id}: ${type} while nobody knew`),
      ...sent.map(({ path, time }) => `${operation} ${id}: POST ${path} at ${time}`),
      ...(isTooEarly ? [`${operation} ${id}: "no record" was taken for a no too early`] : []),
    ];
  });
  const lasting = all.filter(({ to }) => to === null).length;
  const ofPayouts = payouts.flatMap(({ events }) =>
    events.filter(({ type }) => type === 'payout.outcome_unknown'),
  );
  return {
    counted: `${all.length} unknown outcomes, ${all.length - lasting} concluded, ${lasting} not, and ${ofPayouts.length} of payouts, among ${sends.length} calls to PSPs`,
    violations: [...violations, ...payouts.flatMap(violationsOfPayout)],
  };
}

const payoutConclusions: ReadonlySet<PayoutEvent['type']> = new Set([
  'payout.sent',
  'payout.declined',
  'payout.paid',
  'payout.outcome_resolved',
] as const);

/** Of a payout of which nobody knows whether the bank has it nothing is sent, nor given back. */
function violationsOfPayout({ id, events }: StoredPayout): string[] {
  let isUnknown = false;
  return events.flatMap(({ type, data }) => {
    if (type === 'payout.outcome_unknown') {
      isUnknown = true;
    } else if (
      payoutConclusions.has(type) ||
      (type === 'payout.failed' && 'came_back' in data && data.came_back !== null)
    ) {
      isUnknown = false;
    }
    const isAct = ['payout.sending', 'payout.returned', 'payout.failed'].includes(type);
    return isUnknown && isAct ? [`payout ${id}: ${type} while nobody knew`] : [];
  });
}

/** 11: a notice that comes early, twice or late leads to the same state. */
export function noticesChangeNothing({ payments, psps, notices }: Evidence): Finding {
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const done = new Set(psps.flatMap(({ effects }) => effects.map((effect) => effect.operationId)));
  const violations: string[] = [];
  const operations = new Set<string>();
  for (const { notice } of notices) {
    if (!('operation_id' in notice.data)) {
      continue;
    }
    const { reference, operation_id: id } = notice.data;
    const payment = byId.get(reference);
    if (!payment) {
      violations.push(`a notice is about ${reference}, which we do not know`);
    } else if (!isParked(payment)) {
      operations.add(id);
      const ends = payment.events.filter(
        ({ type, data }) =>
          conclusions.has(type) &&
          type !== 'payment.outcome_resolved' &&
          'operation_id' in data &&
          data.operation_id === id,
      );
      const tookEffect = ends.some(({ type }) => !type.endsWith('_declined'));
      if (ends.length > 1 || tookEffect !== done.has(id)) {
        violations.push(`operation ${id} ended as ${ends.map(({ type }) => type)}`);
      }
    }
  }
  const again = notices.reduce((sum, notice) => sum + notice.again, 0);
  return {
    counted: `${notices.length} notices of ${operations.size} operations, put into the queue ${again} times more, in another order`,
    violations,
  };
}
