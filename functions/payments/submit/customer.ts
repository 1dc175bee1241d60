import type {
  AcceptedPaymentRequest,
  CreatePaymentBody,
} from '../../../shared/contracts/payment.ts';
import { isPersonal } from '../../../shared/domain/personal-data/personal-data.ts';
import type { SealPersonalData } from '../../../shared/ports/personal-data.ts';
import {
  hashOf,
  refuseOtherRequest,
} from '../../../shared/runtime/http/idempotent/idempotency-key.ts';

/** The request as it is kept: nothing personal in it but what is sealed. Without any, nothing is asked. */
export async function sealedRequest(
  seal: SealPersonalData,
  tenant: string,
  body: CreatePaymentBody,
): Promise<AcceptedPaymentRequest> {
  if (!body.customer) {
    return { ...body, customer: null };
  }
  const { id, name, email } = body.customer;
  const data = { name, email };
  const personal_data = isPersonal(data) ? await seal({ tenant, id }, data) : null;
  return { ...body, customer: { id, personal_data } };
}

/**
 * The hash of a request, with the digest of what is personal in it: a hash of the plain text could be
 * found out by trying names, after an erasure too. What was taken before customers could be named has
 * none in its hash.
 */
export function requestHashOf({ customer, ...rest }: AcceptedPaymentRequest): string {
  return hashOf(
    customer ? { ...rest, customer: { id: customer.id, personal_data: digestOf(customer) } } : rest,
  );
}

/**
 * Sees that a request is the one that its key was first used for. Where the first one's data key was
 * erased since, nobody can tell its personal data from other: then all else has to be the same.
 *
 * @throws ApiError `idempotency_key_reused`
 */
export function refuseAnotherPayment(
  first: { readonly request: AcceptedPaymentRequest; readonly requestHash: string },
  again: AcceptedPaymentRequest,
): void {
  const [before, now] = [first.request.customer?.personal_data, again.customer?.personal_data];
  const isUntold = before && now && before.key_id !== now.key_id;
  const asFirst = isUntold
    ? { ...again, customer: again.customer && { ...again.customer, personal_data: before } }
    : again;
  refuseOtherRequest(first.requestHash, requestHashOf(asFirst));
}

function digestOf({ personal_data }: NonNullable<AcceptedPaymentRequest['customer']>) {
  return personal_data?.digest ?? null;
}
