import type {
  CustomerErasureResource,
  EraseCustomerBody,
} from '../../../shared/contracts/customers.ts';
import { ApiError } from '../../../shared/contracts/errors.ts';
import { CustomerId } from '../../../shared/contracts/payment.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { AppendOperatorAct } from '../../../shared/ports/operator-log.ts';
import type { PersonalDataVault } from '../../../shared/ports/personal-data.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { count } from '../../../shared/runtime/observability.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';

interface EraseDependencies extends Pick<PersonalDataVault, 'find' | 'erase'> {
  readonly log: AppendOperatorAct;
  readonly nextStamp: NextStamp;
}

/**
 * Erases a customer's personal data:
 * 1. nothing personal was ever taken of such a customer: 404, the same for a stranger's
 * 2. it is erased, and nothing came since: the same answer again, and nothing else
 * 3. put on record who erases, and why; the same said again is the same act
 * 4. delete that data key, and with it what was sealed under it; one that came since is not on record,
 *    and stays
 */
export function eraseCustomer({ find, erase, log, nextStamp }: EraseDependencies) {
  return async <Q>(request: HttpRequest<EraseCustomerBody, Q>): Promise<HttpResponse> => {
    const { tenant, principal, body } = request;
    const whose = { tenant, id: customerIdOf(request) };
    const found = await find(whose);
    if (found && found.keyId === null && found.erasedAt !== null) {
      return answerOf(whose.id, found.erasedAt);
    }
    if (!found?.keyId) {
      throw noSuchCustomer();
    }
    const { time } = nextStamp();
    await log({
      id: derivedId('act', 'customer.erase', tenant, found.keyId, principal.id, body.reason),
      time,
      by: principal.id,
      action: 'customer.erase',
      subject: whose.id,
      reason: body.reason,
      details: { tenant, key: found.keyId },
    });
    const erasedAt = await erase(whose, found.keyId, time);
    if (erasedAt === null) {
      throw noSuchCustomer();
    }
    count('CustomerErased');
    return answerOf(whose.id, erasedAt);
  };
}

/** @throws ApiError `not_found` when it has not the form of a customer's id: there can be none by it */
function customerIdOf({ path }: Pick<HttpRequest, 'path'>): string {
  const id = CustomerId.safeParse(path.customer_id);
  if (!id.success) {
    throw noSuchCustomer();
  }
  return id.data;
}

function noSuchCustomer(): ApiError {
  return new ApiError('not_found', 'There is no personal data of a customer with this id.');
}

function answerOf(id: string, erasedAt: string): HttpResponse {
  const body: CustomerErasureResource = { object: 'customer_erasure', id, erased_at: erasedAt };
  return { status: 200, body };
}
