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

  it('is refused in a header that is kept, and not in the answer', async () => {
    for (const name of ['Idempotency-Key', 'X-Correlation-Id']) {
      for (const value of [card, `order-${card}`, [card, 'b']]) {
        const answer = await expectRefused(
          api,
          api.pay(leastBody, { headers: { [name]: value } }),
          400,
          'card_data_refused',
          [name],
        );
        expect(JSON.stringify(answer) + logs.text()).not.toContain(card);
      }
    }
  });

  it('is refused in the path, before anything is looked for by it', async () => {
    const answer = await api.get(card);
    expect([answer.status, answer.json.code]).toEqual([400, 'card_data_refused']);
    expect(answer.json.errors).toEqual([
      { path: '/payment_id', message: 'looks like a card number' },
    ]);
    expect(JSON.stringify(answer) + logs.text()).not.toContain(card);
  });

  it('is refused as a number with more digits than a number keeps', async () => {
    const long = `62055${'0'.repeat(13)}4`;
    await expectRefused(api, api.pay(`{${least},"n":${long}}`), 400, 'card_data_refused', ['/n']);
  });

  it('is not seen in a reference that is a UUID', async () => {
    const merchant_reference = 'abcdefab-abcd-4bcd-abcd-424242424242';
    expect((await memoryApi().pay({ ...leastBody, merchant_reference })).status).toBe(202);
  });
});

describe('a card security code', () => {
  const logs = recordLogs();

  it('is refused by the name of its field, whatever is in it, and in a text', async () => {
    const bodies: [unknown, string][] = [
      [{ ...leastBody, cvv: 'MARK' }, '/cvv'],
      [{ ...leastBody, card: { securityCode: ['MARK'] } }, '/card/securityCode'],
      [{ ...leastBody, metadata: { Card_CVC: 'MARK' } }, '/metadata/Card_CVC'],
      [{ ...leastBody, metadata: { note: 'MARK, cvv: 123' } }, '/metadata/note'],
    ];
    for (const [body, place] of bodies) {
      const answer = await expectRefused(api, api.pay(body), 400, 'card_data_refused', [place]);
      expect(answer.json.errors[0].message).toBe('looks like a card security code');
      expect(answer.text + logs.text()).not.toMatch(/MARK|123/);
    }
  });
});
