import { describe, expect, it } from 'vitest';
import { expectRefused, leastBody, memoryApi } from '../../../test/support/api/memory-api.ts';
import { recordLogs } from '../../../test/support/logs.ts';

const api = memoryApi();
const least = '"amount":10000,"currency":"EUR","payment_method":"tok_approve"';

describe('a card number', () => {
  const logs = recordLogs();
  // Put together here, so that no line of the source is one.
  const group = '4242';
  const card = group.repeat(4);
  const spellings = [
    card,
    Array(4).fill(group).join(' '),
    Array(4).fill(group).join('-'),
    `${group}-${group} ${group}${group} 12/29`,
  ];

  it.each(spellings)('written %s is refused in every field, and never shown', async (number) => {
    const bodies: [unknown, string][] = [
      [{ ...leastBody, currency: number }, '/currency'],
      [{ ...leastBody, payment_method: `tok_${number}` }, '/payment_method'],
      [{ ...leastBody, capture_method: number }, '/capture_method'],
      [{ ...leastBody, merchant_reference: number }, '/merchant_reference'],
      [{ ...leastBody, metadata: { card: number } }, '/metadata/card'],
      [{ ...leastBody, metadata: { [number]: 'a' } }, '/metadata/*'],
      [{ ...leastBody, metadata: { a: { b: [number] } } }, '/metadata/a/b/0'],
      [{ ...leastBody, [number]: 1 }, '/*'],
      [{ ...leastBody, card: { number } }, '/card/number'],
      [number, '/'],
      [`{${least},"metadata":{"__proto__":"${number}"}}`, '/metadata/__proto__'],
    ];
    for (const [body, place] of bodies) {
      const text = body === number ? JSON.stringify(number) : body;
      const { text: answer } = await expectRefused(api, api.pay(text), 400, 'card_data_refused', [
        place,
      ]);
      expect(answer).not.toContain(number);
    }
    expect(logs.text()).not.toContain(number);
    expect(logs.lines().map(({ code }) => code)).toEqual(bodies.map(() => 'card_data_refused'));
  });

  it('is refused as a number, and as an amount', async () => {
    await expectRefused(
      api,
      api.pay({ ...leastBody, amount: Number(card), n: [Number(card)] }),
      400,
      'card_data_refused',
      ['/amount', '/n/0'],
    );
    const fraction = await api.pay(`{${least},"n":${card}.0}`);
    expect([fraction.json.code, fraction.text.includes(card)]).toEqual(['invalid_request', false]);
  });

  it('is refused in the query, as a name and as a value', async () => {
    const query = { [card]: ['a'], a: [card, 'b'] };
    const answer = await expectRefused(
      api,
      api.pay(leastBody, { query }),
      400,
      'card_data_refused',
      ['?/*', '?/a/0'],
    );
    expect(answer.text + logs.text()).not.toContain(card);
  });

  it('is not taken for a correlation id', async () => {
    const answer = await memoryApi().pay(leastBody, { headers: { 'X-Correlation-Id': card } });
    expect(answer.headers).toMatchObject({ 'X-Correlation-Id': 'request-1' });
    expect(logs.text()).not.toContain(card);
  });

  it('is nowhere, when it is the idempotency key: the id is derived from it', async () => {
    const fresh = memoryApi();
    const answer = await fresh.pay(leastBody, { headers: { 'Idempotency-Key': card } });
    expect(answer.status).toBe(202);
    const everything = JSON.stringify([answer, fresh.store.allEvents]) + logs.text();
    expect(everything).not.toContain(card);
  });

  it('is not seen in a reference that is a UUID', async () => {
    const merchant_reference = 'abcdefab-abcd-4bcd-abcd-424242424242';
    expect((await memoryApi().pay({ ...leastBody, merchant_reference })).status).toBe(202);
  });
});
