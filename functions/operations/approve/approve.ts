import type { ApproveOperatorActBody } from '../../../shared/contracts/operations/operator-approvals.ts';
import { expiryOf } from '../../../shared/domain/access/approval.ts';
import {
  type OperatorApproval,
  renderOperatorApproval,
} from '../../../shared/domain/access/operator-approval.ts';
import { derivedId, requestedId } from '../../../shared/domain/ids.ts';
import type { Approvals } from '../../../shared/ports/access/approvals.ts';
import type { AppendOperatorAct, OperatorAct } from '../../../shared/ports/operator-log.ts';
import { requireOperator } from '../../../shared/runtime/http/entry/operator.ts';
import {
  hashOf,
  idempotencyKeyOf,
  refuseOtherRequest,
} from '../../../shared/runtime/http/idempotent/idempotency-key.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { count } from '../../../shared/runtime/observability.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';

interface ApproveDependencies {
  readonly approvals: Pick<Approvals<OperatorApproval>, 'create' | 'find'>;
  readonly log: AppendOperatorAct;
  readonly nextStamp: NextStamp;
}

/**
 * Approves an act that another operator is going to do:
 * 1. the idempotency key must be usable; tenant, route and key name the approval
 * 2. when it is there, the same request of the same principal gets it again, another one 422
 * 3. else put on record who approves what, then keep it
 *
 * What it is about is not looked up: an approval is of an act on a subject, with the outcome, the reference
 * and the force that it names, and of no other, whatever comes to that until then.
 */
export function approveOperatorAct({ approvals, log, nextStamp }: ApproveDependencies) {
  return async <Q>(request: HttpRequest<ApproveOperatorActBody, Q>): Promise<HttpResponse> => {
    requireOperator(request.principal);
    const { tenant, principal, body } = request;
    const key = idempotencyKeyOf(request.headers);
    const id = requestedId(tenant, 'POST /operations/approvals', key);
    const requestHash = hashOf({ ...body, approved_by: principal.id });
    const before = await approvals.find(id);
    if (before) {
      return answerOf(before, requestHash, true);
    }
    const { time: created } = nextStamp();
    const expires = expiryOf(created);
    const { provider_reference: providerReference, ...deed } = body;
    const of = { ...deed, providerReference };
    const approval = { id, ...of, approvedBy: principal.id, created, expires, requestHash };
    await log(actOf(approval));
    const kept = await approvals.create(approval);
    return answerOf(kept, requestHash, kept !== approval);
  };
}

function answerOf(
  approval: OperatorApproval,
  requestHash: string,
  replayed: boolean,
): HttpResponse {
  refuseOtherRequest(approval.requestHash, requestHash);
  if (replayed) {
    count('IdempotentReplay');
  }
  return {
    status: 201,
    headers: replayed ? { 'Idempotent-Replayed': 'true' } : {},
    body: renderOperatorApproval(approval),
  };
}

/** As it goes on record, among the acts of those who run the pipeline. */
function actOf({ id, requestHash, created, approvedBy, subject, reason, ...of }: OperatorApproval) {
  return {
    id: derivedId('act', 'approval.create', id, requestHash),
    time: created,
    by: approvedBy,
    action: 'approval.create',
    subject,
    reason,
    details: {
      approval: id,
      act: of.act,
      ...(of.outcome === null ? {} : { outcome: of.outcome }),
      ...(of.providerReference === null ? {} : { provider_reference: of.providerReference }),
      ...(of.force ? { force: 'true' } : {}),
    },
  } satisfies OperatorAct;
}
