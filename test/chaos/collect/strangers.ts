import type { StoredPayment } from '../../../shared/ports/audit.ts';
import { apiClient, type ListBody } from '../../support/deployed/api.ts';
import { dice } from '../plan/dice.ts';
import type { StrangerEvidence } from '../proof/evidence.ts';
import type { ChaosStack } from '../stack/chaos-stack.ts';

/** So many payments are asked about, each by one tenant that it is not of. */
const asked = 24;

const reads = ['', '/events', '/captures', '/cancellations', '/refunds', '/disputes'];
const writes = ['/capture', '/cancel', '/refunds'];

/** Has tenants read and change what is another's, by its id, and read their own lists. */
export async function askAsStrangers(
  { apiUrl, apiKeys }: ChaosStack,
  payments: readonly StoredPayment[],
  seed: number,
): Promise<StrangerEvidence[]> {
  const die = dice(seed);
  const evidence: StrangerEvidence[] = [];
  const some = die.shuffle('strangers', payments).slice(0, asked);
  for (const { id, state } of some) {
    const others = [...apiKeys].filter(([tenant]) => tenant !== state?.tenant);
    const [, apiKey] = die.pick(`stranger of ${id}`, others);
    const api = apiClient(apiUrl, apiKey);
    for (const path of reads) {
      const { status } = await api.get(`/payments/${id}${path}`);
      evidence.push({ request: `GET /payments/{id}${path}`, status });
    }
    for (const path of writes) {
      const { status } = await api.post(`/payments/${id}${path}`, {});
      evidence.push({ request: `POST /payments/{id}${path}`, status });
    }
    const operation = state?.operations[0];
    if (operation?.kind === 'refund') {
      const { status } = await api.get(`/payments/${id}/refunds/${operation.id}`);
      evidence.push({ request: 'GET /payments/{id}/refunds/{id}', status });
    }
  }
  const tenantOf = new Map(payments.map(({ id, state }) => [id, state?.tenant]));
  for (const [tenant, apiKey] of apiKeys) {
    const { json } = await apiClient(apiUrl, apiKey).get<ListBody<{ id: string }>>(
      '/payments?limit=100',
    );
    const foreign = json.data.filter(({ id }) => tenantOf.get(id) !== tenant);
    // In the words of the others: what is another's is not there.
    evidence.push({
      request: `GET /payments of ${tenant}`,
      status: foreign.length > 0 ? 200 : 404,
    });
  }
  return evidence;
}
