import * as z from 'zod/mini';
import { PayoutEventSchema } from '../events/payout-events.ts';
import { Conversion, CreateConversion } from '../payouts/conversions.ts';
import { CreatePayout, Payout } from '../payouts/payouts.ts';
import { Cursor, HistoryLimit, Limit, listOf, NoQuery, WhichVersion } from './common.ts';
import { endpoint } from './endpoint.ts';

/** What a merchant does with what it has available. */
export const payoutEndpoints = {
  createPayout: endpoint({
    name: 'createPayout',
    method: 'POST',
    path: '/payouts',
    summary:
      'Pays available money out to a bank account. Answers 202 at once, or 200 when the bank has it within `Prefer: wait`.',
    access: { scope: 'payouts:write', action: 'payouts:create' },
    body: CreatePayout,
    query: NoQuery,
    takes: ['Prefer'],
    gives: ['Location'],
    answers: { 200: Payout, 202: Payout },
    errors: ['idempotency_key_required', 'idempotency_key_reused', 'temporarily_unavailable'],
  }),
  listPayouts: endpoint({
    name: 'listPayouts',
    method: 'GET',
    path: '/payouts',
    summary: 'The payouts of the tenant, newest first.',
    access: { scope: 'payouts:read', action: 'payouts:read' },
    query: z.strictObject({ limit: Limit, cursor: Cursor }),
    answers: { 200: listOf(Payout) },
    errors: [],
  }),
  getPayout: endpoint({
    name: 'getPayout',
    method: 'GET',
    path: '/payouts/{payout_id}',
    summary:
      'One payout as it is now, if it has come to `min_version`; or as version `at_version` left it. `ETag` is its version.',
    access: { scope: 'payouts:read', action: 'payouts:read' },
    query: WhichVersion,
    takes: ['If-None-Match'],
    gives: ['ETag'],
    answers: { 200: Payout },
    errors: ['not_found', 'version_not_reached'],
  }),
  listPayoutEvents: endpoint({
    name: 'listPayoutEvents',
    method: 'GET',
    path: '/payouts/{payout_id}/events',
    summary: 'What happened to one payout, oldest first: up to 100 events, or `limit`.',
    access: { scope: 'payouts:read', action: 'payouts:read' },
    query: z.strictObject({ limit: HistoryLimit, cursor: Cursor }),
    answers: { 200: listOf(PayoutEventSchema) },
    errors: ['not_found'],
  }),
  createConversion: endpoint({
    name: 'createConversion',
    method: 'POST',
    path: '/conversions',
    summary: 'Converts available money into another currency, at the rate of the day.',
    access: { scope: 'payouts:write', action: 'conversions:create' },
    body: CreateConversion,
    query: NoQuery,
    gives: ['Location'],
    answers: { 201: Conversion },
    errors: [
      'idempotency_key_required',
      'idempotency_key_reused',
      'insufficient_funds',
      'temporarily_unavailable',
    ],
  }),
  getConversion: endpoint({
    name: 'getConversion',
    method: 'GET',
    path: '/conversions/{conversion_id}',
    summary: 'One conversion, with the rate that it was made at.',
    access: { scope: 'payouts:read', action: 'conversions:read' },
    query: NoQuery,
    answers: { 200: Conversion },
    errors: ['not_found'],
  }),
};
