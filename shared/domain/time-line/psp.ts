import type { PaymentEvent } from '../../contracts/events/payment-events.ts';
import { operationId } from '../ids.ts';
import type { Moment } from './moment.ts';

/** What a PSP's own side says of an operation: how many effects it had there, and what it came to. */
export interface PspReport {
  readonly effects: number;
  readonly outcome: string | null;
}

/** A call of a PSP, as far as an event tells of it. */
interface Call {
  readonly event: PaymentEvent;
  readonly operationId: string;
  /** Null where the event does not name it. */
  readonly provider: string | null;
  readonly answer: Answer;
}

interface Answer {
  readonly says: string;
  /** False where not all that was asked took effect for sure. */
  readonly isDone: boolean;
}

const done = (says: string): Answer => ({ says, isDone: true });
const notDone = (says: string): Answer => ({ says, isDone: false });

/** What came of a call, by the event that is on record because of it; null for an event that none made. */
function answerOf({ type, data }: PaymentEvent): Answer | null {
  switch (type) {
    case 'payment.provider_busy':
      return notDone('busy, nothing done');
    case 'payment.authorized':
    case 'payment.captured':
      return done(`approved as ${'provider_reference' in data ? data.provider_reference : ''}`);
    case 'payment.charge_mismatched':
      return notDone('approved, but something else than was asked');
    case 'payment.charge_declined':
    case 'payment.operation_declined':
      return notDone(`declined: ${'code' in data ? data.code : ''}`);
    case 'payment.outcome_unknown':
      return notDone('no answer that says what became of it');
    case 'payment.charge_reversed':
    case 'payment.canceled':
    case 'payment.expired':
    case 'payment.refunded':
      return done('done');
    default:
      return null;
  }
}

function callsOf(events: readonly PaymentEvent[]): Call[] {
  return events.flatMap((event): Call[] => {
    const answer = answerOf(event);
    return answer === null || !('operation_id' in event.data)
      ? []
      : [
          {
            event,
            operationId: event.data.operation_id,
            provider: 'provider' in event.data ? event.data.provider : null,
            answer,
          },
        ];
  });
}

/** The operations that a PSP was asked for, by the ids that it knows them by, in the order of events. */
export function operationsAtPsp(events: readonly PaymentEvent[]): string[] {
  return [...new Set(callsOf(events).map((call) => call.operationId))];
}

/**
 * What PSPs answered, by the events that tell of it; to the last of each operation, what the PSP's own
 * side says. A call that left no event, as of a task that died, is not among them.
 *
 * @param reports by the operation's id; an operation that is not among them was not asked for
 */
export function pspMoments(
  events: readonly PaymentEvent[],
  reports: ReadonlyMap<string, PspReport | null>,
): Moment[] {
  const calls = callsOf(events);
  return calls.map((call, index): Moment => {
    const { event, provider, answer } = call;
    const isLast = !calls.slice(index + 1).some((later) => later.operationId === call.operationId);
    const report = isLast ? reports.get(call.operationId) : undefined;
    const tooMany = (report?.effects ?? 0) > 1;
    return {
      time: event.time,
      source: 'psp',
      says: `${nameOf(event, call.operationId)}${provider === null ? '' : ` at ${provider}`}: ${answer.says}${reportText(report)}`,
      refers: { operation_id: call.operationId },
      ...(tooMany || !answer.isDone ? { isWrong: true } : {}),
    };
  });
}

function reportText(report: PspReport | null | undefined): string {
  if (report === undefined) {
    return '';
  }
  return report === null
    ? '; the PSP knows nothing of it'
    : `; the PSP counts ${report.effects} ${report.effects === 1 ? 'effect' : 'effects'}, ${report.outcome ?? 'no outcome'}`;
}

/** The payment's own two operations have ids of their own; the others are what they were asked as. */
function nameOf({ subject, type, data }: PaymentEvent, id: string): string {
  if (id === operationId(subject, 'charge')) {
    return 'charge';
  }
  if (id === operationId(subject, 'reverse')) {
    return 'reversal';
  }
  if ('operation' in data) {
    return data.operation;
  }
  const names: Readonly<Record<string, string>> = {
    'payment.captured': 'capture',
    'payment.canceled': 'cancel',
    'payment.expired': 'cancel',
    'payment.refunded': 'refund',
  };
  return names[type] ?? 'operation';
}
