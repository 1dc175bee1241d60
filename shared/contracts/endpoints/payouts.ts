import * as z from 'zod/mini';
import { Conversion, CreateConversion } from '../conversions.ts';
import { PayoutEventSchema } from '../events/payout-events.ts';
import { CreatePayout, Payout } from '../payouts.ts';
import { Cursor, Limit, listOf, NoQuery } from './common.ts';
import { endpoint } from './endpoint.ts';

/** What a merchant does with what it has available. */
export const payoutEndpoints = {
  createPayout: endpoint({
    name: 'createPayout',
    method: 'POST',
    path: '/payouts',
    summary:
      'Pays available money out to a bank account. Answers 202 at once, or 200 when the bank has it within `Prefer: wait`.',
    authenticated: true,
    body: CreatePayout,
    query: NoQuery,
    answers: { 200: Payout, 202: Payout },
    errors: ['idempotency_key_required', 'idempotency_key_reused', 'temporarily_unavailable'],
  }),
  listPayouts: endpoint({
    name: 'listPayouts',
    method: 'GET',
    path: '/payouts',
    summary: 'The payouts of the tenant, newest first.',
    authenticated: true,
    query: z.strictObject({ limit: Limit, cursor: Cursor }),
    answers: { 200: listOf(Payout) },
    errors: [],
  }),
  getPayout: endpoint({
    name: 'getPayout',
    method: 'GET',
    path: '/payouts/{payout_id}',
    summary: 'One payout as it is now. `ETag` is its version.',
    authenticated: true,
    query: NoQuery,
    answers: { 200: Payout },
    errors: ['not_found'],
  }),
  listPayoutEvents: endpoint({
    name: 'listPayoutEvents',
    method: 'GET',
    path: '/payouts/{payout_id}/events',
    summary: 'What happened to one payout, in order.',
    authenticated: true,
    query: NoQuery,
    answers: { 200: listOf(PayoutEventSchema) },
    errors: ['not_found'],
  }),
  createConversion: endpoint({
    name: 'createConversion',
    method: 'POST',
    path: '/conversions',
    summary: 'Converts available money into another currency, at the rate of the day.',
    authenticated: true,
    body: CreateConversion,
    query: NoQuery,
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
    authenticated: true,
    query: NoQuery,
    answers: { 200: Conversion },
    errors: ['not_found'],
  }),
};
