import { ProblemError } from '../../../client/src/errors/problem-error.ts';
import type { Operation } from '../../../client/src/transport/operation.ts';
import type { Api } from './client-of.ts';

const overview: Operation = {
  id: 'getOverview',
  method: 'GET',
  path: '/operations/overview',
  body: false,
  key: false,
  wait: false,
};

/** All merchants of the stage; null for whom the API does not tell, and when it could not read them in time. */
export async function tenantsOf(api: Api, signal: AbortSignal): Promise<string[] | null> {
  return (await overviewFor(api, signal))?.tenants ?? null;
}

interface Tenants {
  readonly tenants: string[] | null;
}

/** Null for whom it is not. */
async function overviewFor({ send }: Api, signal: AbortSignal): Promise<Tenants | null> {
  try {
    return await send<Tenants>(overview, {}, { signal });
  } catch (error) {
    if (error instanceof ProblemError && [403, 404].includes(error.status)) {
      return null;
    }
    throw error;
  }
}

/**
 * Tells by what the API answers whose key it is: the overview is for operators alone, and payments
 * are for whoever has a key that may read.
 *
 * @throws PaysagaError for a key that the API does not take, and when it does not answer
 */
export async function isOperator(api: Api, signal: AbortSignal): Promise<boolean> {
  if ((await overviewFor(api, signal)) !== null) {
    return true;
  }
  await api.client.payments.list({ limit: 1 }, { signal }).page();
  return false;
}
