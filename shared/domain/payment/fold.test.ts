import { describe, expect, it } from 'vitest';
import { type FactName, facts } from '../../../test/support/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments.ts';
import type { PaymentEvent, PaymentFact } from '../../contracts/payment-events.ts';
import { changePayment, type PaymentChange } from './change.ts';
import { applyEvent, factOf, foldPayment, IllegalTransition } from './fold.ts';
import { isSettled, isTerminal, type Payment, renderPayment, transitions } from './state.ts';

const nextStamp = countingStamps();

/** The changes of a payment of EUR 100.00 that these facts make, in their order. */
function changesOf(names: readonly FactName[]): PaymentChange[] {
  const changes = [anAcceptedPayment(nextStamp)];
  for (const name of names) {
    const { after } = changes.at(-1) as PaymentChange;
    changes.push(changePayment(after, facts[name], nextStamp()));
  }
  return changes;
}

function after(...names: readonly FactName[]): Payment {
  return (changesOf(names).at(-1) as PaymentChange).after;
}

/** Every history that the payment saga can write, by its name. */
const histories: Record<string, readonly FactName[]> = {
  'captured at once': ['reserved', 'captured'],
  authorized: ['reserved', 'authorized'],
  'authorized, then captured': ['reserved', 'authorized', 'captured'],
  declined: ['reserved', 'declined', 'released', 'failed'],
  'refused before the hold': ['failed'],
  'busy, then captured': ['reserved', 'busy', 'busy', 'captured'],
  'busy to the end': ['reserved', 'busy', 'busy', 'busy', 'busy', 'released', 'failed'],
  'mismatched and reversed': ['reserved', 'mismatched', 'reversed', 'released', 'failed'],
  unknown: ['reserved', 'unknownCharge'],
  'reversal unknown': ['reserved', 'mismatched', 'unknownReversal'],
  'unknown, then captured': ['reserved', 'unknownCharge', 'captured'],
  'unknown, then authorized': ['reserved', 'unknownCharge', 'authorized'],
  'unknown, then declined': ['reserved', 'unknownCharge', 'declined', 'released', 'failed'],
  'declined, suspended, declined': [
    'reserved',
    'declined',
    'unknownCharge',
    'declined',
    'released',
  ],
  'unknown, then mismatched': ['reserved', 'unknownCharge', 'mismatched', 'reversed'],
  'reversal unknown, then reversed': [
    'reserved',
    'mismatched',
    'unknownReversal',
    'reversed',
    'released',
    'failed',
  ],
};

describe('the fold of a history', () => {
  it.each(Object.entries(histories))(
    '%s is the state, and renders as each event says',
    (_n, names) => {
      const changes = changesOf(names);
      const events = changes.map(({ event }) => event);
      for (const [index, change] of changes.entries()) {
        const folded = foldPayment(events.slice(0, index + 1));
        expect(folded).toEqual(change.after);
        expect(JSON.stringify(renderPayment(folded as Payment))).toBe(
          JSON.stringify(change.event.data.payment),
        );
        expect(change.after.version).toBe(index + 1);
        expect(change.after.lastEventId).toBe(change.event.id);
      }
    },
  );

  it('of no events is no payment', () => {
    expect(foldPayment([])).toBeNull();
  });

  it('does not look at what the events say of the payment', () => {
    const events = changesOf(['reserved', 'captured']).map(({ event }) => ({
      ...event,
      data: { ...event.data, payment: null },
    })) as unknown as PaymentEvent[];
    expect(foldPayment(events)).toMatchObject({ status: 'captured', amountCapturedMinor: 10_000 });
  });

  it('leaves the state before as it was', () => {
    const reserved = after('reserved');
    const copy = structuredClone(reserved);
    changePayment(reserved, facts.captured, nextStamp());
    expect(reserved).toEqual(copy);
  });
});

describe('the state after', () => {
  it('a reservation is owned by its execution', () => {
    expect(after('reserved')).toMatchObject({
      status: 'processing',
      execution: 'e1',
      hold: { state: 'pending' },
      amountAuthorizedMinor: 0,
    });
  });

  it('a capture is what was authorized and captured, with the hold posted', () => {
    expect(after('reserved', 'captured')).toMatchObject({
      status: 'captured',
      amountAuthorizedMinor: 10_000,
      amountCapturedMinor: 10_000,
      amountRefundedMinor: 0,
      hold: { state: 'posted' },
      charge: { captured: true, matches: true, reversed: false },
      failure: null,
    });
  });

  it('a mismatch stays processing, authorizes nothing, and remembers what has to be undone', () => {
    expect(after('reserved', 'mismatched')).toMatchObject({
      status: 'processing',
      amountAuthorizedMinor: 0,
      amountCapturedMinor: 0,
      charge: { captured: true, matches: false, reversed: false },
    });
  });

  it('an unknown outcome keeps the hold, until the outcome is known', () => {
    expect(after('reserved', 'unknownCharge')).toMatchObject({
      status: 'processing',
      hold: { state: 'pending' },
      unknown: { operation: 'charge' },
    });
    expect(after('reserved', 'unknownCharge', 'captured').unknown).toBeNull();
    expect(after('reserved', 'unknownCharge', 'declined').unknown).toBeNull();
  });

  it('a busy PSP is how often it was, and nothing else', () => {
    const [, reserved, busy] = changesOf(['reserved', 'busy']).map((change) => change.after);
    expect(busy).toEqual({
      ...reserved,
      version: 3,
      lastEventId: busy?.lastEventId,
      busyTries: 1,
    });
    expect(after('reserved', 'busy', 'busy').busyTries).toBe(2);
  });

  it('a failure shows its reason', () => {
    expect(after('failed').failure).toEqual({ code: 'lost_card', message: 'The card was lost.' });
  });
});

describe('what cannot follow', () => {
  const illegal: [string, readonly FactName[], FactName][] = [
    ['a second hold', ['reserved'], 'reserved'],
    ['a hold after the release', ['reserved', 'released'], 'reserved'],
    ['a capture without a hold', [], 'captured'],
    ['a capture of a hold that was released', ['reserved', 'released'], 'captured'],
    ['a second authorization', ['reserved', 'authorized'], 'authorized'],
    ['an authorization of what was approved otherwise', ['reserved', 'mismatched'], 'authorized'],
    ['a capture of what was approved otherwise', ['reserved', 'mismatched'], 'captured'],
    ['a second decline', ['reserved', 'declined'], 'declined'],
    ['a decline of what is authorized', ['reserved', 'authorized'], 'declined'],
    ['an authorization of what was declined', ['reserved', 'declined'], 'authorized'],
    ['a capture of what was declined', ['reserved', 'declined'], 'captured'],
    ['a mismatch of what is authorized', ['reserved', 'authorized'], 'mismatched'],
    ['a release without a hold', [], 'released'],
    ['a second release', ['reserved', 'released'], 'released'],
    ['a release while the charge stands', ['reserved', 'mismatched'], 'released'],
    ['a release while an authorization stands', ['reserved', 'authorized'], 'released'],
    ['a release while the outcome is unknown', ['reserved', 'unknownCharge'], 'released'],
    ['a reversal of nothing', ['reserved'], 'reversed'],
    ['a second reversal', ['reserved', 'mismatched', 'reversed'], 'reversed'],
    ['a failure that leaves the hold', ['reserved'], 'failed'],
    ['a failure while the outcome is unknown', ['unknownCharge'], 'failed'],
    [
      'a failure while the reversal is unknown',
      ['reserved', 'mismatched', 'unknownReversal'],
      'failed',
    ],
    ['a failure of what is authorized', ['reserved', 'authorized'], 'failed'],
  ];
  it.each(illegal)('%s', (_name, before, next) => {
    const payment = after(...before);
    expect(() => changePayment(payment, facts[next], nextStamp())).toThrow(IllegalTransition);
  });

  it('anything, after the end', () => {
    for (const payment of [after('reserved', 'captured'), after('failed')]) {
      for (const fact of Object.values(facts)) {
        expect(() => changePayment(payment, fact, nextStamp())).toThrow(IllegalTransition);
      }
    }
  });

  it('a capture of more than was authorized', () => {
    const more = { ...facts.captured, facts: { ...facts.captured.facts, amount: 10_001 } };
    expect(() =>
      changePayment(after('reserved', 'authorized'), more as PaymentFact, nextStamp()),
    ).toThrow(IllegalTransition);
  });

  it('anything but its acceptance, for a payment that does not exist', () => {
    const context = {
      ...(changesOf([])[0] as PaymentChange).event,
      id: nextStamp().eventId,
      sequence: 1,
    };
    for (const fact of Object.values(facts)) {
      expect(() => applyEvent(null, context, fact)).toThrow(IllegalTransition);
    }
  });

  it('a second acceptance', () => {
    const { event, after: payment } = changesOf([])[0] as PaymentChange;
    expect(() => changePayment(payment, factOf(event), nextStamp())).toThrow(IllegalTransition);
  });

  it.each([0, 1, 3, -1, Number.NaN, 1.5])('event %d of a payment at version 1', (sequence) => {
    const { event, after: payment } = changesOf([])[0] as PaymentChange;
    expect(() => applyEvent(payment, { ...event, sequence }, facts.reserved)).toThrow(
      IllegalTransition,
    );
    if (sequence !== 1) {
      expect(() => applyEvent(null, { ...event, sequence }, factOf(event))).toThrow(
        IllegalTransition,
      );
    }
  });
});

describe('the table of states', () => {
  it('has an entry for each status, and leads only to statuses', () => {
    expect(
      Object.values(transitions)
        .flat()
        .every((status) => status in transitions),
    ).toBe(true);
  });

  it('ends in captured, canceled, expired and failed, and nowhere else', () => {
    const statuses = Object.keys(transitions) as (keyof typeof transitions)[];
    expect(statuses.filter(isTerminal).sort()).toEqual([
      'canceled',
      'captured',
      'expired',
      'failed',
    ]);
    expect(statuses.filter((status) => !isSettled(status))).toEqual(['processing']);
  });

  it('never leads back from an approval to a payment that is still being decided', () => {
    for (const status of ['authorized', 'partially_captured'] as const) {
      expect(transitions[status]).not.toContain('processing');
      expect(transitions[status]).not.toContain('failed');
    }
  });
});
