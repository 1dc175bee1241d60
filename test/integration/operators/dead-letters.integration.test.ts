import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type {
  DeadLetterDetailResource,
  DeadLetterResource,
} from '../../../shared/contracts/operations/dead-letters.ts';
import type {
  ApprovedAct,
  OperatorApprovalResource,
} from '../../../shared/contracts/operations/operator-approvals.ts';
import { delivered } from '../../support/dead-letters/letters.ts';
import { apiClient, type Problem } from '../../support/deployed/api.ts';
import { deployedEdge, giveUp } from '../../support/deployed/dead-letters.ts';
import { stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
const [first, second] = stack.tenants
  .filter(({ id }) => id === 'operations')
  .map(({ apiKey }) => apiClient(stack.apiUrl, apiKey)) as [typeof acme, typeof acme];

const reason = 'the table was throttled';
const large = 2_000_000;
const edge = deployedEdge('payments-project-list', 'consumer');

interface Report {
  readonly queues: readonly {
    readonly name: string;
    readonly letters: readonly DeadLetterResource[];
    readonly taken_by_others: number;
  }[];
}

interface Acted {
  readonly outcome: { readonly kind: string };
  readonly discarded: boolean;
  readonly approval_required: boolean;
  readonly state: string;
  readonly detail: string;
}

async function listed(by = first): Promise<Report['queues'][number]> {
  const { json } = await by.get<Report>(`/operations/dead-letters?queue=${edge.name}`);
  const [queue] = json.queues;
  if (!queue) {
    throw new Error(`no queue ${edge.name}`);
  }
  return queue;
}

/** A letter that the list shows, once it does: SQS may be a moment behind. */
const seen = (id: string) =>
  until('the letter in the list', async () =>
    (await listed()).letters.find((letter) => letter.id === id),
  );

async function aCapturedPayment(amount: number): Promise<PaymentEvent> {
  const { json } = await acme.pay({ amount, currency: 'QAR', payment_method: 'tok_approve' });
  await acme.settled(json.id);
  return (await acme.events(json.id)).at(-1) as PaymentEvent;
}

const act = (by: typeof acme, verb: 'redrive' | 'discard', id: string, body: object = {}) =>
  by.post<Acted>(`/operations/dead-letters/${id}/${verb}`, {
    ...(verb === 'redrive' ? { dry_run: false } : {}),
    reason,
    ...body,
  });

async function approvedBy(
  by: typeof acme,
  what: ApprovedAct,
  subject: string,
  more: { readonly force?: boolean } = {},
): Promise<string> {
  const body = { act: what, subject, reason, ...more };
  const { status, json } = await by.post<OperatorApprovalResource>('/operations/approvals', body);
  expect(status).toBe(201);
  return json.id;
}

describe('a dead letter of a large payment, over HTTP', () => {
  it('is found, tried dry, and redriven by two', async () => {
    const event = await aCapturedPayment(large);
    const id = await giveUp(edge, delivered(event));
    expect(await seen(id)).toMatchObject({
      about: [{ kind: 'payment', id: event.subject }],
      at_risk: [{ amount: large, currency: 'QAR' }],
      at_risk_known: true,
      verdict: { kind: 'repeatable', redo: 'safe' },
    });
    const { json: detail } = await first.get<DeadLetterDetailResource>(
      `/operations/dead-letters/${id}`,
    );
    expect(detail).toMatchObject({
      id,
      content: { id: event.id },
      present: [{ kind: 'payment', id: event.subject, status: 'captured', since: [] }],
    });

    const dry = await act(first, 'redrive', id, { dry_run: true });
    expect([dry.status, dry.json.outcome]).toEqual([200, { kind: 'would' }]);

    const alone = await act(first, 'redrive', id);
    expect([alone.status, alone.json.approval_required]).toEqual([403, true]);
    const own = await approvedBy(first, 'dead_letter.redrive', id);
    expect((await act(first, 'redrive', id, { approval_id: own })).status).toBe(403);
    const toDiscard = await approvedBy(second, 'dead_letter.discard', id);
    expect((await act(first, 'redrive', id, { approval_id: toDiscard })).json.code).toBe(
      'approval_not_usable',
    );
    const forced = await approvedBy(second, 'dead_letter.redrive', id, { force: true });
    expect((await act(first, 'redrive', id, { approval_id: forced })).json.code).toBe(
      'approval_not_usable',
    );

    const approval = { approval_id: await approvedBy(second, 'dead_letter.redrive', id) };
    // Right after a list, which had it out of sight.
    await listed(second);
    const done = await act(first, 'redrive', id, approval);
    expect([done.status, done.json.outcome]).toEqual([200, { kind: 'redriven' }]);
    const again = await act(first, 'redrive', id, approval);
    expect(again.json).toMatchObject({ status: 409, code: 'invalid_state', state: 'taken' });
    expect(again.json.detail).toContain('wanted it redriven');
    expect((await listed()).letters.map((letter) => letter.id)).not.toContain(id);
  });

  it('is not lost by two who list at once, and says what the other has', async () => {
    const event = await aCapturedPayment(300);
    const id = await giveUp(edge, delivered(event));
    await seen(id);
    const both = await Promise.all([listed(first), listed(second)]);
    for (const { letters, taken_by_others } of both) {
      expect(letters.some((letter) => letter.id === id) || taken_by_others > 0).toBe(true);
    }
    expect((await act(first, 'redrive', id)).json.outcome).toEqual({ kind: 'redriven' });
  });
});

describe('a dead letter of nobody knows what, over HTTP', () => {
  it('is shown without its body, and discarded by two', async () => {
    const id = await giveUp(edge, 'poison');
    expect(await seen(id)).toMatchObject({
      at_risk: [],
      at_risk_known: false,
      verdict: { kind: 'fails_again', redo: 'unsafe' },
    });
    expect((await act(first, 'redrive', id)).json.outcome).toEqual({ kind: 'refused' });
    expect((await act(first, 'discard', id)).status).toBe(403);
    const approval = { approval_id: await approvedBy(second, 'dead_letter.discard', id) };
    const done = await act(first, 'discard', id, approval);
    expect([done.status, done.json.discarded]).toEqual([200, true]);
    // It is sure once it would be in sight again, had it been cut off.
    expect((await act(second, 'discard', id)).json).toMatchObject({ status: 409, state: 'taken' });
    const { json } = await first.get<Problem & { state: string }>(`/operations/dead-letters/${id}`);
    expect(json).toMatchObject({ status: 409, state: 'taken' });
    expect(json.detail).toContain('wanted it discarded');
  });

  it('is nobody else’s', async () => {
    const id = await giveUp(edge, 'poison');
    await seen(id);
    const answers = [
      await acme.get<Problem>('/operations/dead-letters'),
      await acme.get<Problem>(`/operations/dead-letters/${id}`),
      await act(acme, 'redrive', id),
      await act(acme, 'discard', id),
      await acme.post('/operations/approvals', { act: 'dead_letter.discard', subject: id, reason }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    const approval = { approval_id: await approvedBy(first, 'dead_letter.discard', id) };
    expect((await act(second, 'discard', id, approval)).json.discarded).toBe(true);
  });
});
