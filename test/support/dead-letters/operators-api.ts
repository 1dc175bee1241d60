import { approveOperatorAct } from '../../../functions/operations/approve/approve.ts';
import { discardDeadLetter } from '../../../functions/operations/dead-letters/discard.ts';
import type { ActDependencies } from '../../../functions/operations/dead-letters/letters.ts';
import { getDeadLetter, listDeadLetters } from '../../../functions/operations/dead-letters/read.ts';
import { redriveDeadLetter } from '../../../functions/operations/dead-letters/redrive.ts';
import builtIn from '../../../policies/default.json' with { type: 'json' };
import { memoryApprovals } from '../../../shared/adapters/memory/access/approvals.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { ApprovedAct } from '../../../shared/contracts/operations/operator-approvals.ts';
import type { OperatorApproval } from '../../../shared/domain/access/operator-approval.ts';
import { policyEngine } from '../../../shared/runtime/access/policy/engine/engine.ts';
import { parsePolicySet } from '../../../shared/runtime/access/policy/engine/set.ts';
import type { Access } from '../../../shared/runtime/http/entry/access.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { aPrincipal } from '../api/access.ts';
import { type ApiEventParts, apiEvent, invoke } from '../api/api-event.ts';
import { deadLetterWorld } from './world.ts';

/**
 * Under the policies that the code comes with, with their limit on what is at risk or another. Who calls
 * is who the header says: `operations/key:a`.
 */
export function byName(limit = 1_000_000): Access {
  const text = JSON.stringify(builtIn).replace('at_risk > 1000000', `at_risk > ${limit}`);
  const decide = policyEngine(parsePolicySet(text));
  return {
    authenticate: async (headers) => {
      const [tenant = '', id = ''] = (headers.get('authorization') ?? '')
        .replace('Bearer ', '')
        .split('/');
      return aPrincipal(tenant, { id });
    },
    policies: async () => (question) =>
      decide({ ...question, context: { stage: 'prod', ...question.context } }),
    admit: async () => null,
  };
}

/** Under policies that permit everything, as a set may that was published long ago. */
export const permitsAll: Access = {
  ...byName(),
  policies: async () => () => ({ effect: 'permit', policies: [], errors: [] }),
};

/** People who operate the stage. */
export const ann = 'operations/jwt:ann';
export const bob = 'operations/jwt:bob';

export const why = 'the table is back again';

/** The dead letters over HTTP, in memory, with a clock that can be put ahead. */
export function operatorsApi(access = byName()) {
  const world = deadLetterWorld();
  const approvals = memoryApprovals<OperatorApproval>();
  const clock = { aheadMs: 0 };
  const ahead = (time: string) => new Date(Date.parse(time) + clock.aheadMs).toISOString();
  const deps: ActDependencies = {
    ...world.deps,
    now: () => ahead(world.deps.now()),
    edges: async () => world.edges,
    approvals,
  };
  const handlersOver = (of: ActDependencies) => ({
    list: httpHandler(endpoints.listDeadLetters, access, listDeadLetters(of)),
    get: httpHandler(endpoints.getDeadLetter, access, getDeadLetter(of)),
    redrive: httpHandler(endpoints.redriveDeadLetter, access, redriveDeadLetter(of)),
    discard: httpHandler(endpoints.discardDeadLetter, access, discardDeadLetter(of)),
  });
  const handlers = handlersOver(deps);
  const nextStamp = () => ({ ...world.nextStamp(), time: deps.now() });
  const approving = httpHandler(
    endpoints.approveOperatorAct,
    access,
    approveOperatorAct({ approvals, log: world.log.append, nextStamp }),
  );
  let keys = 0;
  const send = (handler: typeof approving, by: string, { headers, ...parts }: ApiEventParts) =>
    invoke(
      handler,
      apiEvent({
        ...parts,
        headers: {
          Authorization: `Bearer ${by}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': `approval-${++keys}`,
          ...headers,
        },
      }),
    );
  const on = (letter_id: string) => ({ pathParameters: { letter_id } });
  const approve = (by: string, body: unknown, parts: ApiEventParts = {}) =>
    send(approving, by, { ...parts, body });
  return {
    ...world,
    deps,
    clock,
    approvals,
    approve,
    /** The id of an approval. */
    approved: async (
      by: string,
      act: ApprovedAct,
      subject: string,
      more: { readonly force?: boolean } = {},
    ): Promise<string> => (await approve(by, { act, subject, reason: why, ...more })).json.id,
    list: (by = ann, query: Readonly<Record<string, string[]>> = {}) =>
      send(handlers.list, by, { method: 'GET', query }),
    get: (id: string, by = ann) => send(handlers.get, by, { method: 'GET', ...on(id) }),
    /** In earnest unless the body says otherwise. */
    redrive: (id: string, body: object = {}, by = ann, of: Partial<ActDependencies> = {}) =>
      send(handlersOver({ ...deps, ...of }).redrive, by, {
        ...on(id),
        body: { dry_run: false, reason: why, ...body },
      }),
    discard: (id: string, body: object = {}, by = ann, of: Partial<ActDependencies> = {}) =>
      send(handlersOver({ ...deps, ...of }).discard, by, {
        ...on(id),
        body: { reason: why, ...body },
      }),
  };
}
