import * as z from 'zod/mini';
import { Parked, ResolveParked } from '../operations/parked.ts';
import { Cursor, Limit, listOf, NoQuery } from './common.ts';
import { endpoint } from './endpoint.ts';

/** What waits for a person. */
export const parkedEndpoints = {
  listParked: endpoint({
    name: 'listParked',
    method: 'GET',
    path: '/operations/parked',
    summary:
      'What of the tenant’s payments and payouts waits for a person: payments first, the longest of each first. `limit` counts payments and payouts.',
    access: { scope: 'operations:read', action: 'parked:read' },
    query: z.strictObject({ limit: Limit, cursor: Cursor }),
    answers: { 200: listOf(Parked) },
    errors: [],
  }),
  resolveParked: endpoint({
    name: 'resolveParked',
    method: 'POST',
    path: '/operations/parked/{payment_id}/resolve',
    summary:
      'Takes a person’s word on what is parked of a payment or a payout, or has it asked for or begun anew: for operators alone. The same again answers the same.',
    access: { scope: 'operations:write', action: 'parked:resolve' },
    body: ResolveParked,
    query: NoQuery,
    answers: { 200: Parked },
    errors: [
      'forbidden',
      'not_found',
      'invalid_state',
      'approval_not_usable',
      'temporarily_unavailable',
    ],
  }),
};
