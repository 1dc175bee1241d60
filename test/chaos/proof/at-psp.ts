import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type { Charge } from '../../../shared/ports/simulator-store.ts';

/** What was moved at a PSP, in minor units. */
export interface Moved {
  readonly authorized: number;
  readonly captured: number;
  readonly voided: number;
  readonly refunded: number;
}

export const nothingMoved: Moved = { authorized: 0, captured: 0, voided: 0, refunded: 0 };

/** What our events say that each PSP has moved for one payment, by the PSP's name. */
export function movedByEvents(events: readonly PaymentEvent[]): ReadonlyMap<string, Moved> {
  const moved = new Map<string, Moved>();
  const add = (provider: string, change: (before: Moved) => Partial<Moved>) => {
    const before = moved.get(provider) ?? nothingMoved;
    moved.set(provider, { ...before, ...change(before) });
  };
  for (const { type, data } of events) {
    switch (type) {
      case 'payment.authorized':
        add(data.provider, ({ authorized }) => ({ authorized: authorized + data.amount }));
        break;
      case 'payment.captured':
        add(data.provider, (before) => {
          // A charge that is captured in the same call was never only authorized.
          const authorized = before.authorized || data.amount;
          const captured = before.captured + data.amount;
          return { authorized, captured, voided: data.final ? authorized - captured : 0 };
        });
        break;
      case 'payment.charge_mismatched':
        add(data.provider, () => ({
          authorized: data.amount,
          captured: data.captured ? data.amount : 0,
        }));
        break;
      case 'payment.charge_reversed':
        add(data.provider, ({ authorized }) =>
          data.means === 'void' ? { voided: authorized } : { refunded: authorized },
        );
        break;
      case 'payment.canceled':
      case 'payment.expired':
        add(data.provider, ({ voided }) => ({ voided: voided + data.amount }));
        break;
      case 'payment.refunded':
        add(data.provider, ({ refunded }) => ({ refunded: refunded + data.amount }));
        break;
      default:
        break;
    }
  }
  return moved;
}

/** What a PSP says that it moved by a charge. */
export function movedByCharge(charge: Charge): Moved {
  return {
    authorized: charge.authorizedMinor,
    captured: charge.capturedMinor,
    voided: charge.voidedMinor,
    refunded: charge.refundedMinor,
  };
}

export function addMoved(a: Moved, b: Moved): Moved {
  return {
    authorized: a.authorized + b.authorized,
    captured: a.captured + b.captured,
    voided: a.voided + b.voided,
    refunded: a.refunded + b.refunded,
  };
}

export function isSameMoved(a: Moved, b: Moved): boolean {
  return (Object.keys(nothingMoved) as (keyof Moved)[]).every((what) => a[what] === b[what]);
}

export function describeMoved(moved: Moved): string {
  return (Object.keys(nothingMoved) as (keyof Moved)[])
    .map((what) => `${what} ${moved[what]}`)
    .join(', ');
}
