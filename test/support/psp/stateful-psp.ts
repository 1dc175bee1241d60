import type { Inquiry, OperationOutcome, Provider } from '../../../shared/ports/provider.ts';

/** How a PSP takes one call. `lost`: it does it, and its answer gets lost. */
export type Manner = 'ok' | 'decline' | 'busy' | 'no answer' | 'lost';

/**
 * A PSP with one charge, authorized and perhaps captured. It keeps to its first answer for an
 * operation, does each once, and counts; it does what it is told even when that is too much, so that
 * a test can see it.
 *
 * @param manners of the calls, in order; then all are `ok`
 * @param inquiries how those are answered, in order; then each as the PSP's books have it
 */
export function statefulPsp({
  authorizedMinor,
  capturedMinor = 0,
  manners,
  inquiries = [],
}: {
  readonly authorizedMinor: number;
  readonly capturedMinor?: number;
  readonly manners: readonly Manner[];
  readonly inquiries?: readonly ('ok' | 'no answer')[];
}) {
  const totals = { authorizedMinor, capturedMinor, voidedMinor: 0, refundedMinor: 0 };
  const answers = new Map<string, OperationOutcome>();
  const effects = new Map<string, number>();
  let calls = 0;
  let inquired = 0;
  const inquire = async (operationId: string): Promise<Inquiry> => {
    if (inquiries[inquired++] === 'no answer') {
      return { kind: 'unavailable', reason: 'no answer' };
    }
    const known = answers.get(operationId);
    // Only what was done and what was declined is on its books.
    return known?.kind === 'done' || known?.kind === 'declined' ? known : { kind: 'not_found' };
  };
  const operate = async (operationId: string, effect: () => void): Promise<OperationOutcome> => {
    const manner = manners[calls++] ?? 'ok';
    // What stands before a PSP may throttle or lose a repeated call as well.
    if (manner === 'busy') {
      return { kind: 'busy', reason: '429' };
    }
    if (manner === 'no answer') {
      return { kind: 'unknown', reason: 'no answer' };
    }
    const known = answers.get(operationId);
    if (!known && manner !== 'decline') {
      effect();
      effects.set(operationId, (effects.get(operationId) ?? 0) + 1);
    }
    const answer: OperationOutcome =
      known ??
      (manner === 'decline'
        ? { kind: 'declined', code: 'do_not_honor', message: 'No.' }
        : { kind: 'done' });
    answers.set(operationId, answer);
    return manner === 'lost' ? { kind: 'unknown', reason: 'the answer got lost' } : answer;
  };
  const restMinor = () => totals.authorizedMinor - totals.capturedMinor - totals.voidedMinor;
  const provider: Provider = {
    name: 'psp',
    charge: () => Promise.reject(new Error('not asked for')),
    inquire: ({ operationId }) => inquire(operationId),
    capture: ({ operationId, amountMinor, final }) =>
      operate(operationId, () => {
        totals.capturedMinor += amountMinor;
        totals.voidedMinor += final ? restMinor() : 0;
      }),
    void: ({ operationId }) =>
      operate(operationId, () => {
        totals.voidedMinor += restMinor();
      }),
    refund: ({ operationId, amountMinor }) =>
      operate(operationId, () => {
        totals.refundedMinor += amountMinor ?? totals.capturedMinor - totals.refundedMinor;
      }),
  };
  return { provider, totals, effects };
}
