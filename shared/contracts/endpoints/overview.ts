import * as z from 'zod/mini';
import { tenantName } from '../../domain/access/tenant.ts';
import { Overview } from '../operations/overview.ts';
import { endpoint } from './endpoint.ts';

const aTenant = { error: 'must be the name of one tenant' };

/** What a stage does, for who operates it. */
export const overviewEndpoints = {
  getOverview: endpoint({
    name: 'getOverview',
    method: 'GET',
    path: '/operations/overview',
    summary:
      'What the stage, or one `tenant` of it, did in the last hour, what waits for a person, and how its PSPs are: for operators alone. What cannot be read in time is null.',
    access: { scope: 'operations:read', action: 'overview:read' },
    query: z.strictObject({
      tenant: z.optional(z.string(aTenant).check(z.regex(tenantName, aTenant))),
    }),
    answers: { 200: Overview },
    errors: ['not_found'],
  }),
};
