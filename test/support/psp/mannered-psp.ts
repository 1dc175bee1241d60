import type { ChargeOutcome, OperationOutcome, Provider } from '../../../shared/ports/provider.ts';
import { memoryPsp } from './memory-psp.ts';

/**
 * How a PSP takes one call: `lost` does it, and its answer gets lost; `delayed` does it much later, when
 * nobody waits for its answer any more; `other` approves a charge for another amount. `busy` and `no answer` come from what stands before it, for a repeated call as well.
 */
export type PspManner = 'ok' | 'decline' | 'other' | 'busy' | 'no answer' | 'lost' | 'delayed';

/**
 * A PSP with books of its own that takes its calls in these manners, in order, and then all as they
 * are; and its inquiries likewise.
 */
export function manneredPsp(
  name: string,
  {
    manners,
    inquiries,
    later = () => undefined,
  }: {
    readonly manners: readonly PspManner[];
    readonly inquiries: readonly ('ok' | 'no answer')[];
    readonly later?: (arrive: () => void) => void;
  },
) {
  const psp = memoryPsp();
  const ofCalls = manners.values();
  const ofInquiries = inquiries.values();
  async function call<Outcome extends ChargeOutcome | OperationOutcome>(
    effect: (manner: PspManner) => Promise<Outcome>,
  ): Promise<Outcome> {
    const manner = ofCalls.next().value ?? 'ok';
    if (manner === 'busy') {
      return { kind: 'busy', reason: '429' } as Outcome;
    }
    if (manner === 'delayed') {
      later(() => void effect(manner));
    }
    if (manner === 'no answer' || manner === 'delayed') {
      return { kind: 'unknown', reason: 'no answer' } as Outcome;
    }
    psp.feel(manner === 'decline' ? 'declines' : 'works');
    const outcome = await effect(manner);
    psp.feel('works');
    return manner === 'lost'
      ? ({ kind: 'unknown', reason: 'the answer got lost' } as Outcome)
      : outcome;
  }
  const capturedOf = (reference: string) => psp.totalsOf(reference.slice('ch_'.length));
  const provider: Provider = {
    name,
    charge: (request) =>
      call((manner) =>
        psp.provider.charge({
          ...request,
          amountMinor: request.amountMinor - (manner === 'other' ? 1 : 0),
        }),
      ),
    capture: (request) => call(() => psp.provider.capture(request)),
    void: (request) => call(() => psp.provider.void(request)),
    refund: (request) =>
      call(() => {
        const totals = capturedOf(request.providerReference);
        const left = (totals?.captured ?? 0) - (totals?.refunded ?? 0);
        return psp.provider.refund({ ...request, amountMinor: request.amountMinor ?? left });
      }),
    inquire: async (request) =>
      ofInquiries.next().value === 'no answer'
        ? { kind: 'unavailable', reason: 'no answer' }
        : psp.provider.inquire(request),
  };
  return { ...psp, provider };
}
