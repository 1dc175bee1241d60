import { apiClient } from '../support/deployed/api.ts';
import { median, type Section } from './timing.ts';

const samples = 30;
const warmUps = 3;

/** Milliseconds, one after the other, without those that start the functions' processes. */
async function milliseconds(call: () => Promise<{ readonly status: number }>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < samples + warmUps; index++) {
    const start = performance.now();
    const { status } = await call();
    if (status >= 300) {
      throw new Error(`answered ${status}`);
    }
    times.push(performance.now() - start);
  }
  return median(times.slice(warmUps));
}

/** How long a payment takes to be accepted and to be captured, beside a function that does nothing. */
export async function benchLatency(apiUrl: string, apiKey: string): Promise<Section> {
  const { get, pay } = apiClient(apiUrl, apiKey);
  const body = { amount: 10_000, currency: 'EUR', payment_method: 'tok_approve' };
  const reference = await milliseconds(() => get('/health'));
  const accept = await milliseconds(() => pay(body));
  const settle = await milliseconds(async () => {
    const answer = await pay(body, { prefer: 'wait=20' });
    if (answer.json.status !== 'captured') {
      throw new Error(`the payment is ${answer.json.status}`);
    }
    return answer;
  });
  const beside = 'GET /health';
  return {
    title: 'Latency on the local stack',
    says: `The median of ${samples} payments, one after the other, with everything of a stage in one LocalStack on one machine: the ratios say how many empty function calls a payment is worth, the milliseconds nothing about AWS. Settled is captured, with \`Prefer: wait\`.`,
    figures: [
      { what: 'a payment, accepted', value: accept, unit: 'ms', reference, beside },
      { what: 'a payment, settled', value: settle, unit: 'ms', reference, beside },
    ],
  };
}
