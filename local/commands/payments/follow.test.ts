import { describe, expect, it } from 'vitest';
import type { Payment, Paysaga } from '../../../client/src/index.ts';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { watchAll, watchOne } from './follow.ts';
import { payments } from './group.ts';

const caller = { user: 'ada', nowMs: 0 };
const id = '01900000-0000-8000-8000-000000000000';

const aPayment = (given: Partial<Payment> = {}) =>
  ({
    id,
    status: 'processing',
    amount: 10_000,
    currency: 'EUR',
    amount_refunded: 0,
    failure: null,
    merchant_reference: null,
    created: '2026-01-01T00:00:00.000Z',
    version: 1,
    ...given,
  }) as Payment;

/** An API whose payment is in the next of these states each time that it is looked at. */
function apiOf(...states: readonly (readonly Payment[])[]) {
  let looks = 0;
  const now = () => states[Math.min(looks, states.length - 1)] ?? [];
  const next = () => {
    const found = now();
    looks += 1;
    return found;
  };
  return {
    payments: {
      get: async () => next()[0],
      events: () =>
        (now()[0]?.version === undefined ? [] : Array.from({ length: now()[0]?.version ?? 0 })).map(
          (_, index) => ({
            sequence: index + 1,
            time: `t${index + 1}`,
            type: `payment.step_${index + 1}`,
          }),
        ),
      list: () => ({ toArray: async () => [...next()] }),
    },
  } as unknown as Pick<Paysaga, 'payments'>;
}

function watching(rounds: number) {
  const said: string[] = [];
  let left = rounds;
  return {
    said,
    watch: {
      say: (line: string) => {
        said.push(line);
      },
      pause: async () => {
        left -= 1;
      },
      isOver: () => left <= 0,
    },
  };
}

describe('watching a payment', () => {
  it('says each event once, and how it ended', async () => {
    const settled = aPayment({ status: 'captured', version: 3 });
    const { said, watch } = watching(10);
    const api = apiOf([aPayment()], [aPayment({ version: 2 })], [settled], [settled]);
    expect(await watchOne(api, { id, json: false }, watch)).toBe(0);
    expect(said.slice(0, 3)).toEqual([
      't1    1  payment.step_1',
      't2    2  payment.step_2',
      't3    3  payment.step_3',
    ]);
    expect(said.at(-1)).toContain('EUR 100.00  captured');
  });

  it('ends with 1 when the payment failed, or its time is over', async () => {
    const failure = { code: 'card_declined', message: 'No.' };
    const failed = aPayment({ status: 'failed', failure });
    const first = watching(10);
    expect(await watchOne(apiOf([failed]), { id, json: false }, first.watch)).toBe(1);
    expect(first.said.at(-1)).toContain('failed (card_declined)');
    expect(await watchOne(apiOf([aPayment()]), { id, json: true }, watching(2).watch)).toBe(1);
  });
});

describe('watching all payments', () => {
  it('says what is new and what has changed, and nothing that was there', async () => {
    const old = aPayment({ id: 'old' });
    const { said, watch } = watching(3);
    const fresh = aPayment({ id: 'fresh' });
    const api = apiOf([old], [fresh, old], [{ ...fresh, version: 2 }, old]);
    expect(await watchAll(api, { json: true }, watch)).toBe(0);
    expect(
      said.map((line) => JSON.parse(line)).map(({ id: of, version }) => [of, version]),
    ).toEqual([
      ['fresh', 1],
      ['fresh', 2],
    ]);
  });
});

describe('payments list', () => {
  it('takes filters', () => {
    const args = [
      'list',
      '--status',
      'failed',
      '--currency',
      'EUR',
      '--least',
      '10',
      '--most',
      '5',
    ];
    expect(requestOf(payments, args, caller)).toMatchObject({
      status: 'failed',
      currency: 'EUR',
      least: '10',
      most: 5,
    });
  });

  it.each([[['list', '--status', 'lost']], [['list', '--least', '5']], [['watch', 'x']]])(
    'is not %j',
    (args) => {
      expect(() => requestOf(payments, args, caller)).toThrow(UsageError);
    },
  );
});
