import { approveRefund } from '../../functions/payments/approve-refund/approve-refund.ts';
import { requestOperation } from '../../functions/payments/request-operation/request-operation.ts';
import builtIn from '../../policies/default.json' with { type: 'json' };
import { memoryApprovals } from '../../shared/adapters/memory/access/approvals.ts';
import { memoryOperatorLog } from '../../shared/adapters/memory/operator-log.ts';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import type { Scope } from '../../shared/domain/access/scopes.ts';
import { allActs } from '../../shared/domain/operator-log/list.ts';
import type { Approvals } from '../../shared/ports/access/approvals.ts';
import { policyEngine } from '../../shared/runtime/access/policy/engine/engine.ts';
import { type PolicySet, parsePolicySet } from '../../shared/runtime/access/policy/engine/set.ts';
import type { Access } from '../../shared/runtime/http/entry/access.ts';
import { httpHandler } from '../../shared/runtime/http/handler.ts';
import { aPrincipal } from './api/access.ts';
import { type ApiEventParts, apiEvent, invoke } from './api/api-event.ts';
import type { FactName } from './payments/facts.ts';
import { anApiWith } from './payments/operations.ts';

const limitOfTheTests = 5_000;

/** The policies that the code comes with, with a limit below what the payments of tests are of. */
function policies(): PolicySet {
  const text = JSON.stringify(builtIn).replace(
    'resource.amount) > 1000000 &&',
    `resource.amount) > ${limitOfTheTests} &&`,
  );
  return parsePolicySet(text);
}

/** Who calls is who the header says, with a key for the one thing: `Bearer acme/key:a`. */
function access(scope: Scope): Access {
  const decide = policyEngine(policies());
  return {
    authenticate: async (headers) => {
      const [tenant = '', id = ''] = (headers.get('authorization') ?? '')
        .replace('Bearer ', '')
        .split('/');
      return aPrincipal(tenant, { id, scopes: [scope] });
    },
    policies: async () => (question) =>
      decide({ ...question, context: { stage: 'prod', ...question.context } }),
    admit: async () => null,
  };
}

/**
 * The API of a captured payment of EUR 100.00 under the policies that the code comes with, where a
 * refund over EUR 50.00 takes two.
 */
export async function underFourEyes(
  names: readonly FactName[] = ['reserved', 'captured'],
  replaced: Partial<Approvals> = {},
) {
  const { api, id, ...rest } = await anApiWith(names);
  const approvals = memoryApprovals();
  const log = memoryOperatorLog();
  const clock = { aheadMs: 0 };
  const nextStamp = () => {
    const { time, eventId } = api.nextStamp();
    return { time: new Date(Date.parse(time) + clock.aheadMs).toISOString(), eventId };
  };
  const { load, append } = api.store;
  const approving = httpHandler(
    endpoints.approveRefund,
    access('approvals:write'),
    approveRefund({ load, approvals, log: log.append, nextStamp }),
  );
  const refunding = httpHandler(
    endpoints.refundPayment,
    access('refunds:write'),
    requestOperation(
      { load, append, approvals: { ...approvals, ...replaced }, nextStamp, pause: async () => {} },
      'refund',
    ),
  );
  let keys = 0;
  const send =
    (handler: typeof approving) =>
    (by: string, body: unknown, { headers, ...parts }: ApiEventParts = {}) =>
      invoke(
        handler,
        apiEvent({
          pathParameters: { payment_id: id },
          ...parts,
          body,
          headers: {
            Authorization: `Bearer ${by.includes('/') ? by : `acme/${by}`}`,
            'Content-Type': 'application/json',
            'Idempotency-Key': `four-eyes-${++keys}`,
            ...headers,
          },
        }),
      );
  const approve = send(approving);
  return {
    ...rest,
    id,
    clock,
    approvals,
    approve,
    refund: send(refunding),
    /** The id of an approval of this amount. */
    approved: async (by: string, amount: number): Promise<string> =>
      (await approve(by, { amount, reason: 'the goods came back' })).json.id,
    acts: () => allActs(log),
  };
}
