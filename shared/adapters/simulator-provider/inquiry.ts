import type { SimulatorChargeAnswerResource } from '../../contracts/simulator/charges.ts';
import type { SimulatorChargeInquiryResource } from '../../contracts/simulator/inquiries.ts';
import type { Inquiry, InquiryRequest } from '../../ports/provider.ts';
import { unavailable } from '../simulator-client/inquiry.ts';
import { declineOf, rejectionOf } from '../simulator-client/outcome.ts';
import { approvalOf, isCoherent, isRefunded, openMinor } from './answer.ts';
import { codesOf } from './codes.ts';

/**
 * What the PSP's books say of one operation: as its own first answer would have said it. A charge
 * over something else than was asked is what the PSP approved; anything else that does not fit what
 * was asked is no answer.
 */
export function findingOf(request: InquiryRequest) {
  return ({ operations }: SimulatorChargeInquiryResource): Inquiry => {
    const [known, ...others] = operations.filter(({ id }) => id === request.operationId);
    if (!known) {
      return { kind: 'not_found' };
    }
    if (others.length > 0) {
      return unavailable('the operation is on record more than once');
    }
    const { id, type } = known;
    if (type !== request.kind) {
      return unavailable(`the operation is a ${type} there`);
    }
    if (known.status === 'declined') {
      const codes = codesOf(type);
      return rejectionOf(known.error, codes)?.decline ?? declineOf(known.error, codes);
    }
    const { amount, released, charge } = known;
    const effect = successOf(request)({ ...charge, operation: { id, type, amount, released } });
    return effect ?? unavailable('answered 200 with another charge than asked');
  };
}

function successOf(request: InquiryRequest) {
  if (request.kind === 'charge') {
    return approvalOf(request);
  }
  const isDone = isDoneOf(request);
  return (answer: SimulatorChargeAnswerResource): { readonly kind: 'done' } | null =>
    answer.reference === request.reference &&
    answer.currency === request.currency &&
    isCoherent(answer) &&
    isDone(answer)
      ? { kind: 'done' }
      : null;
}

function isDoneOf(request: InquiryRequest): (answer: SimulatorChargeAnswerResource) => boolean {
  switch (request.kind) {
    case 'void':
      return (answer) => openMinor(answer) === 0;
    case 'refund':
      return isRefunded(request);
    default:
      return ({ operation }) => operation.amount === request.amountMinor;
  }
}
