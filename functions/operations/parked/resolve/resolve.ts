import { ApiError } from '../../../../shared/contracts/errors.ts';
import type {
  ParkedResource,
  ResolveParkedBody,
} from '../../../../shared/contracts/operations/parked.ts';
import { mayRead, mayResolve } from '../../../../shared/domain/settlement/break.ts';
import {
  type FourEyesDependencies,
  permitAct,
} from '../../../../shared/runtime/access/four-eyes.ts';
import { requireOperator } from '../../../../shared/runtime/http/entry/operator.ts';
import {
  type HttpRequest,
  type HttpResponse,
  noSuchPayment,
  paymentIdOf,
} from '../../../../shared/runtime/http/request.ts';
import { type ResolvePaymentDependencies, resolvePayment } from './payment.ts';
import { type ResolvePayoutDependencies, resolvePayout } from './payout.ts';
import type { Word } from './word.ts';

export interface ResolveDependencies {
  readonly payments: ResolvePaymentDependencies;
  readonly payouts: ResolvePayoutDependencies;
}

/**
 * Takes a person's word on what is parked of a payment or a payout, whichever has the id.
 *
 * @throws ApiError `not_found` when none has, and what `resolvePayment` and `resolvePayout` throw
 */
export function resolveParked({ payments, payouts }: ResolveDependencies) {
  const ofPayment = resolvePayment(payments);
  const ofPayout = resolvePayout(payouts);
  return async (id: string, word: Word): Promise<ParkedResource> => {
    const payment = await payments.load(id);
    if (payment) {
      return ofPayment(payment, word);
    }
    const payout = await payouts.load(id);
    if (!payout) {
      throw noSuchPayment();
    }
    return ofPayout(payout, word);
  };
}

/**
 * The same at the API: who may read it and not resolve it, its own tenant, is refused. Where much is at
 * risk, a word on what took effect and what did not takes the approval of another operator.
 */
export function resolveParkedAt(
  deps: ResolveDependencies & Pick<FourEyesDependencies, 'approvals'>,
) {
  const resolve = resolveParked(deps);
  return async <Q>(request: HttpRequest<ResolveParkedBody, Q>): Promise<HttpResponse> => {
    const { tenant, body } = request;
    const id = paymentIdOf(request);
    if (!mayResolve(tenant)) {
      const found = (await deps.payments.load(id)) ?? (await deps.payouts.load(id));
      throw found && mayRead(tenant, found)
        ? new ApiError('forbidden', 'What is parked is resolved by operators alone.')
        : noSuchPayment();
    }
    requireOperator(request.principal);
    const { operation_id, outcome, provider_reference, reason, approval_id } = body;
    return {
      status: 200,
      body: await resolve(id, {
        operationId: operation_id,
        outcome,
        providerReference: provider_reference,
        by: request.principal.id,
        reason,
        permit: ({ payment_id, payout_id, tenant: owner, amount, currency }, approved) =>
          permitAct(
            { approvals: deps.approvals, now: () => deps.payments.nextStamp().time },
            request,
            {
              act: 'parked.resolve',
              subject: operation_id,
              outcome: approved,
              providerReference: provider_reference,
              force: false,
              approvalId: approval_id,
              atRiskMinor: amount,
              resource: {
                tenant: owner,
                amount,
                currency,
                ...(payment_id === null ? {} : { payment_id }),
                ...(payout_id === null ? {} : { payout_id }),
              },
              use: [outcome, provider_reference].filter(Boolean).join(' '),
            },
          ),
      }),
    };
  };
}
