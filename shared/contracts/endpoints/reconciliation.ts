import * as z from 'zod/mini';
import {
  breakStatuses,
  ReconciliationBreak,
  ReconciliationRun,
  ResolveBreak,
} from '../settlement/reconciliation.ts';
import { Cursor, Limit, listOf, NoQuery } from './common.ts';
import { endpoint } from './endpoint.ts';

/** How what PSPs settle compares with the ledger. */
export const reconciliationEndpoints = {
  listBreaks: endpoint({
    name: 'listBreaks',
    method: 'GET',
    path: '/reconciliation/breaks',
    summary:
      'Where settlement files and the ledger differ over payments of the tenant, newest first.',
    access: { scope: 'ledger:read', action: 'breaks:read' },
    query: z.strictObject({
      limit: Limit,
      cursor: Cursor,
      status: z.optional(z.enum(breakStatuses, { error: 'must be open or resolved' })),
    }),
    answers: { 200: listOf(ReconciliationBreak) },
    errors: [],
  }),
  getBreak: endpoint({
    name: 'getBreak',
    method: 'GET',
    path: '/reconciliation/breaks/{break_id}',
    summary: 'One break as it is now.',
    access: { scope: 'ledger:read', action: 'breaks:read' },
    query: NoQuery,
    answers: { 200: ReconciliationBreak },
    errors: ['not_found'],
  }),
  resolveBreak: endpoint({
    name: 'resolveBreak',
    method: 'POST',
    path: '/reconciliation/breaks/{break_id}/resolve',
    summary:
      'Closes a break with a reason: for operators alone. With the same reason again it answers the same.',
    access: { scope: 'operations:write', action: 'breaks:resolve' },
    body: ResolveBreak,
    query: NoQuery,
    answers: { 200: ReconciliationBreak },
    errors: ['forbidden', 'not_found', 'invalid_state'],
  }),
  listRuns: endpoint({
    name: 'listRuns',
    method: 'GET',
    path: '/reconciliation/runs',
    summary:
      'The settlement files that were reconciled, with what of them is the tenant’s, newest first.',
    access: { scope: 'ledger:read', action: 'reconciliation:read' },
    query: z.strictObject({ limit: Limit, cursor: Cursor }),
    answers: { 200: listOf(ReconciliationRun) },
    errors: [],
  }),
};
