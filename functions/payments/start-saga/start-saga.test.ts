import { describe, expect, it } from 'vitest';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments.ts';
import { startSagas } from './start-saga.ts';

const nextStamp = countingStamps();
const events = Array.from(
  { length: 25 },
  (_, index) => anAcceptedPayment(nextStamp, {}, { key: `key-${index}` }).event,
);
const ids = events.map(({ subject }) => subject);

/** Starts the sagas of 25 payments; those at the indexes given fail. */
async function startAll(...failing: readonly number[]) {
  const started: string[] = [];
  let open = 0;
  let mostOpen = 0;
  const result = await startSagas(async ({ paymentId }) => {
    started.push(paymentId);
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    await Promise.resolve();
    open -= 1;
    if (failing.includes(ids.indexOf(paymentId))) {
      throw new Error(`not ${ids.indexOf(paymentId)}`);
    }
  })(events);
  return { result, started, mostOpen };
}

describe('starting sagas', () => {
  it('starts one for each payment, ten at once', async () => {
    const { result, started, mostOpen } = await startAll();
    expect(result).toEqual({ done: 25 });
    expect(started).toEqual(ids);
    expect(mostOpen).toBe(10);
  });

  it('names the payment, its tenant and its correlation', async () => {
    const inputs: unknown[] = [];
    await startSagas(async (input) => void inputs.push(input))(events.slice(0, 1));
    expect(inputs).toEqual([{ paymentId: ids[0], tenant: 'acme', correlationId: 'correlation-1' }]);
  });

  it.each([
    [[0], 0, 10],
    [[9], 9, 10],
    [[10], 10, 20],
    [[7, 3], 3, 10],
    [[24], 24, 25],
  ])('with %j failing stops at %i, after the ten around it', async (failing, done, tried) => {
    const { result, started } = await startAll(...failing);
    expect(result).toEqual({ done, error: new Error(`not ${done}`) });
    expect(started).toHaveLength(tried);
  });

  it('has nothing to do for nothing', async () => {
    expect(await startSagas(() => Promise.reject(new Error('called')))([])).toEqual({ done: 0 });
  });
});
