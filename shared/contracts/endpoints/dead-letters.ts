import * as z from 'zod/mini';
import {
  DeadLetterDetail,
  DeadLetterDiscard,
  DeadLetterRedrive,
  DeadLetterReport,
  DiscardDeadLetter,
  RedriveDeadLetter,
} from '../operations/dead-letters.ts';
import { ApproveOperatorAct, OperatorApproval } from '../operations/operator-approvals.ts';
import { NoQuery } from './common.ts';
import { endpoint } from './endpoint.ts';

const aQueue = { error: 'must be the name of a queue of dead letters' };

/** What could not be done, for operators alone. */
export const deadLetterEndpoints = {
  listDeadLetters: endpoint({
    name: 'listDeadLetters',
    method: 'GET',
    path: '/operations/dead-letters',
    summary:
      'All queues of dead letters with what is in them, examined: for operators alone. While it is read, nobody else sees it.',
    access: { scope: 'operations:read', action: 'dead_letters:read' },
    query: z.strictObject({
      /** Only this one. */
      queue: z.optional(z.string(aQueue).check(z.regex(/^[a-z0-9-]{1,80}$/, aQueue))),
    }),
    answers: { 200: DeadLetterReport },
    errors: ['forbidden'],
  }),
  getDeadLetter: endpoint({
    name: 'getDeadLetter',
    method: 'GET',
    path: '/operations/dead-letters/{letter_id}',
    summary: 'All of one dead letter, and how what it is about is now.',
    access: { scope: 'operations:read', action: 'dead_letters:read' },
    query: NoQuery,
    answers: { 200: DeadLetterDetail },
    errors: ['forbidden', 'not_found', 'invalid_state'],
  }),
  redriveDeadLetter: endpoint({
    name: 'redriveDeadLetter',
    method: 'POST',
    path: '/operations/dead-letters/{letter_id}/redrive',
    summary:
      'Does again what could not be done, or says what that would come to. Where much is at risk it takes the approval of another operator.',
    access: { scope: 'operations:write', action: 'dead_letters:redrive' },
    body: RedriveDeadLetter,
    query: NoQuery,
    answers: { 200: DeadLetterRedrive },
    errors: ['forbidden', 'not_found', 'invalid_state', 'approval_not_usable'],
  }),
  discardDeadLetter: endpoint({
    name: 'discardDeadLetter',
    method: 'POST',
    path: '/operations/dead-letters/{letter_id}/discard',
    summary:
      'Takes a dead letter away for good. Where much is at risk it takes the approval of another operator.',
    access: { scope: 'operations:write', action: 'dead_letters:discard' },
    body: DiscardDeadLetter,
    query: NoQuery,
    answers: { 200: DeadLetterDiscard },
    errors: ['forbidden', 'not_found', 'invalid_state', 'approval_not_usable'],
  }),
  approveOperatorAct: endpoint({
    name: 'approveOperatorAct',
    method: 'POST',
    path: '/operations/approvals',
    summary:
      'Approves one act of another operator’s on one subject, with its outcome, reference and force, for a day. Whoever approves it cannot be who does it.',
    access: { scope: 'approvals:write', action: 'operations:approve' },
    body: ApproveOperatorAct,
    query: NoQuery,
    answers: { 201: OperatorApproval },
    errors: [
      'forbidden',
      'idempotency_key_required',
      'idempotency_key_reused',
      'temporarily_unavailable',
    ],
  }),
};
