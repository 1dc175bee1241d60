import { describe, expect, it } from 'vitest';
import { Conversion } from '../../../shared/contracts/payouts/conversions.ts';
import { expectReplay } from '../../../test/support/api/memory-api.ts';
import { memoryPayoutApi } from '../../../test/support/api/payout-api.ts';
import { madeAvailable } from '../../../test/support/payouts.ts';

const body = { amount: 9_710, from: 'EUR', to: 'USD' };

function anApi(availableMinor = 9_710) {
  const api = memoryPayoutApi();
  api.ledger.write([madeAvailable(availableMinor)]);
  const available = async (currency: 'EUR' | 'USD' | 'JPY') =>
    Number((await api.ledger.readLimited('acme', currency, 'merchant_available')).availableMinor);
  return {
    ...api,
    convert: (given: unknown = body, key = 'key-1') =>
      api.post('/conversions', given, { 'Idempotency-Key': key }),
    available,
    postings: () => api.ledger.transfers().map(({ posting }) => posting),
  };
}

describe('POST /conversions', () => {
  it('sells what is available of one currency, and makes another available', async () => {
    const { convert, available, postings } = anApi();
    const answer = await convert();
    expect(answer).toMatchObject({
      status: 201,
      headers: { Location: `conversions/${answer.json.id}` },
      json: {
        object: 'conversion',
        sold: { amount: 9_710, currency: 'EUR' },
        bought: { amount: 11_253, currency: 'USD' },
        rate: '1.159',
        rates_date: '2026-11-20',
      },
    });
    expect(Conversion.safeParse(answer.json).success).toBe(true);
    expect([await available('EUR'), await available('USD')]).toEqual([0, 11_253]);
    expect(postings()).toEqual(['made_available', 'fx_sold', 'fx_bought']);
  });

  it('answers the same request with the first answer, byte for byte, at whatever rate by now', async () => {
    const api = anApi();
    const first = await api.convert();
    expectReplay(first, await api.convert());
    const later = { date: '2026-11-21', base: 'EUR', rates: { USD: '2' } } as const;
    api.setRates(later);
    expectReplay(first, await api.convert());
    api.setRates({ ...later, rates: {} });
    expectReplay(first, await api.convert());
    expect(api.postings()).toHaveLength(3);
  });

  it('makes one conversion of ten requests at once, though there is enough for one alone', async () => {
    const api = anApi();
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.convert()));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(api.postings()).toHaveLength(3);
  });

  it('refuses another body under the key, with or without a rate for it', async () => {
    const api = anApi();
    await api.convert();
    for (const other of [
      { ...body, amount: 1 },
      { ...body, to: 'GBP' },
    ]) {
      expect(await api.convert(other)).toMatchObject({
        status: 422,
        json: { code: 'idempotency_key_reused' },
      });
    }
    expect(api.postings()).toHaveLength(3);
  });

  it('refuses to sell more than is available, says how much that is, and leaves no trace', async () => {
    const api = anApi(9_709);
    expect(await api.convert()).toMatchObject({
      status: 409,
      json: { code: 'insufficient_funds', available: 9_709 },
    });
    expect(api.postings()).toEqual(['made_available']);
    api.ledger.write([madeAvailable(1, { key: 'more' })]);
    const later = await api.convert();
    expect(later.status).toBe(201);
    expect(later.headers).not.toHaveProperty('Idempotent-Replayed');
  });

  it.each([
    ['a currency without a rate', { ...body, to: 'GBP' }, ['/to']],
    ['two of them', { amount: 1, from: 'CHF', to: 'GBP' }, ['/from', '/to']],
    // 0.001 KWD is EUR 0.0028.
    ['what buys nothing', { amount: 1, from: 'KWD', to: 'EUR' }, ['/amount']],
    ['more than an amount can be', { amount: 10 ** 12, from: 'EUR', to: 'JPY' }, ['/amount']],
    ['one currency for itself', { ...body, to: 'EUR' }, ['/to']],
    ['no amount', { from: 'EUR', to: 'USD' }, ['/amount']],
  ])('with %s is refused by its place', async (_name, given, places) => {
    const api = anApi(10 ** 12);
    const answer = await api.convert(given);
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
    expect(answer.json.errors.map(({ path }: { path: string }) => path)).toEqual(places);
    expect(api.postings()).toEqual(['made_available']);
  });
});

describe('GET /conversions/{conversion_id}', () => {
  it('answers with the conversion, to its tenant alone', async () => {
    const { convert, get } = anApi();
    const made = await convert();
    const pathParameters = { conversion_id: made.json.id };
    const path = '/conversions/{conversion_id}';
    expect(await get(path, { pathParameters })).toMatchObject({ status: 200, text: made.text });
    const strangers = await get(path, { pathParameters }, 'globex');
    expect(strangers).toMatchObject({ status: 404, json: { code: 'not_found' } });
    for (const conversion_id of ['01900000-0000-8000-8000-000000000000', 'x']) {
      const { text } = await get(path, { pathParameters: { conversion_id } });
      expect(text).toBe(strangers.text);
    }
  });
});
