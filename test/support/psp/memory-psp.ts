import type { Currency } from '../../../shared/domain/money/currency.ts';
import type {
  ChargeOutcome,
  Inquiry,
  OperationOutcome,
  Provider,
} from '../../../shared/ports/provider.ts';

/**
 * What the PSP does with its next call; an operation with an answer repeats it. `loses its answer`:
 * it does what it was asked, and nobody hears of it. An inquiry has no answer from a PSP that is busy
 * or never answers, and the same one from any other.
 */
export type PspMood =
  | 'works'
  | 'declines'
  | 'busy once'
  | 'busy'
  | 'never answers'
  | 'loses its answer';

/** What the PSP moved, in minor units. */
export interface PspTotals {
  authorized: number;
  captured: number;
  voided: number;
  refunded: number;
}

interface Charge {
  readonly reference: string;
  readonly currency: Currency;
  readonly totals: PspTotals;
}

/** A PSP in memory that keeps its own books, and by its own rules: it trusts no caller. */
export function memoryPsp() {
  const charges = new Map<string, Charge>();
  const answers = new Map<string, ChargeOutcome | OperationOutcome>();
  const effects = new Map<string, number>();
  let mood: PspMood = 'works';

  /** Takes an effect once for an operation id, and says what came of it. */
  function once<Outcome extends ChargeOutcome | OperationOutcome>(
    operationId: string,
    effect: () => Outcome,
  ): Outcome {
    const known = answers.get(operationId);
    if (known) {
      return known as Outcome;
    }
    const now = mood;
    mood = now === 'busy once' ? 'works' : now;
    if (now === 'busy' || now === 'busy once') {
      return { kind: 'busy', reason: '429' } as Outcome;
    }
    if (now === 'never answers') {
      return { kind: 'unknown', reason: 'no answer' } as Outcome;
    }
    const answer =
      now === 'declines'
        ? ({ kind: 'declined', code: 'refused', message: 'No.' } as Outcome)
        : effect();
    answers.set(operationId, answer);
    if (answer.kind === 'approved' || answer.kind === 'done') {
      effects.set(operationId, (effects.get(operationId) ?? 0) + 1);
    }
    return now === 'loses its answer'
      ? ({ kind: 'unknown', reason: 'no answer' } as Outcome)
      : answer;
  }

  const change = (id: string, by: Partial<PspTotals>): OperationOutcome => {
    const totals = charges.get(id)?.totals;
    if (!totals) {
      return { kind: 'declined', code: 'no_such_charge', message: 'No.' };
    }
    const after = { ...totals };
    for (const [name, minor] of Object.entries(by)) {
      after[name as keyof PspTotals] += minor;
    }
    if (after.captured + after.voided > after.authorized || after.refunded > after.captured) {
      return { kind: 'declined', code: 'not_allowed', message: 'No.' };
    }
    Object.assign(totals, after);
    return { kind: 'done' };
  };
  const openMinor = (id: string) => {
    const totals = charges.get(id)?.totals;
    return totals ? totals.authorized - totals.captured - totals.voided : 0;
  };

  /** Its own first answer: `unknown` and `busy` are never on its books. */
  function known(operationId: string): Inquiry {
    const now = mood;
    mood = now === 'busy once' ? 'works' : now;
    if (now !== 'works' && now !== 'declines' && now !== 'loses its answer') {
      return { kind: 'unavailable', reason: 'no answer' };
    }
    return (answers.get(operationId) as Inquiry | undefined) ?? { kind: 'not_found' };
  }

  const provider: Provider = {
    name: 'psp',
    inquire: async ({ operationId }) => known(operationId),
    charge: async (request) =>
      once(request.operationId, () => {
        const { amountMinor, capture, reference } = request;
        const currency = request.currency as Currency;
        const id = `ch_${reference}`;
        const captured = capture ? amountMinor : 0;
        const totals = { authorized: amountMinor, captured, voided: 0, refunded: 0 };
        charges.set(id, { reference, currency, totals });
        return {
          kind: 'approved',
          providerReference: id,
          amountMinor,
          currency,
          captured: capture,
          authorizedUntil: null,
        };
      }),
    capture: async ({ operationId, providerReference, amountMinor, final }) =>
      once(operationId, () => {
        const voided = final ? openMinor(providerReference) - amountMinor : 0;
        return change(providerReference, { captured: amountMinor, voided });
      }),
    void: async ({ operationId, providerReference }) =>
      once(operationId, () => change(providerReference, { voided: openMinor(providerReference) })),
    refund: async ({ operationId, providerReference, amountMinor }) =>
      once(operationId, () => change(providerReference, { refunded: amountMinor ?? 0 })),
  };
  return {
    provider,
    /** How often each operation took effect. */
    effects: effects as ReadonlyMap<string, number>,
    /** What was moved of one payment. */
    totalsOf: (paymentId: string): PspTotals | undefined => charges.get(`ch_${paymentId}`)?.totals,
    feel: (next: PspMood): void => {
      mood = next;
    },
  };
}
