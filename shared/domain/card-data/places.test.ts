import { describe, expect, it } from 'vitest';
import { findCardData } from '../card-data.ts';

const visa = '4111'.padEnd(16, '1');

describe('the places of card data in a JSON value', () => {
  const placesOf = (value: unknown, at?: string) => findCardData(value, at).map(({ path }) => path);

  it('are pointers, wherever the number stands', () => {
    expect(
      placesOf({
        a: visa,
        b: [1, { c: Number(visa) }],
        'd/e~f': visa,
        g: null,
        h: true,
        i: -Number(visa),
        j: BigInt('6205500000000000004'),
      }),
    ).toEqual(['/a', '/b/1/c', '/d~1e~0f', '/i', '/j']);
    expect(placesOf(visa)).toEqual(['/']);
    expect(placesOf([[visa]], '?')).toEqual(['?/0/0']);
  });

  it('never show a name that is one', () => {
    expect(placesOf({ [visa]: { [visa]: visa } })).toEqual(['/*', '/*/*', '/*/*']);
    expect(placesOf({ 'cvv: 123': 1 })).toEqual(['/*']);
  });

  it('are found under names that objects inherit', () => {
    const value = JSON.parse(`{"__proto__":{"constructor":"${visa}"}}`);
    expect(placesOf(value)).toEqual(['/__proto__/constructor']);
  });

  it('are none where an amount can be: one of 12 digits in ten passes the Luhn test', () => {
    expect(placesOf({ amount: 100_000_000_008 })).toEqual([]);
    expect(placesOf({ amount: 10 ** 12 })).toEqual([]);
    expect(placesOf({ amount: Number(visa) })).toEqual(['/amount']);
    expect(placesOf({ amount: '500000000009' })).toEqual(['/amount']);
    expect(placesOf({ amount: 500_000_000_009 })).toEqual([]);
  });

  it.each([
    'cvv',
    'CVV',
    'cvv2',
    'Cvc',
    'cvc2',
    'cvd2',
    'cvn',
    'card_cvv',
    'cardCvc',
    'card.cid',
    'payment-method[cvc]',
    'cardCvd',
    'security_code',
    'securityCode',
    'Security Code',
    'card_verification',
    'card_verification_value',
    'cardVerificationNumber',
    'verification-value',
    'c.v.v',
    'c\u200bvv',
    '\uff43\uff56\uff56',
  ])('are those of a field named %s, whatever is in it', (name) => {
    for (const value of ['123', 123, '', null, { a: visa }, ['x']]) {
      expect(findCardData({ a: { [name]: value } })).toEqual([
        { path: `/a/${name}`, message: 'looks like a card security code' },
      ]);
    }
  });

  it.each(['cid', 'CSC', 'cav', 'cvd', 'my_cid_value', '\uff43\uff49\uff44'])(
    'are those of a field named %s, when it has three or four digits',
    (name) => {
      for (const value of [
        '123',
        '1234',
        123,
        1234,
        ' 123 ',
        '\uff11\uff12\uff13',
        '%3123',
        ['x', '123'],
      ]) {
        expect(findCardData({ a: { [name]: value } })).toEqual([
          { path: `/a/${name}`, message: 'looks like a card security code' },
        ]);
      }
      for (const value of [
        '12',
        '12345',
        12,
        12_345,
        '',
        null,
        true,
        'EUR-1',
        '123-9',
        ['x'],
        {},
      ]) {
        expect(findCardData({ a: { [name]: value } })).toEqual([]);
      }
      expect(placesOf({ a: { [name]: { b: visa } } })).toEqual([`/a/${name}/b`]);
    },
  );

  it.each([
    'civil',
    'decision',
    'acid',
    'placid',
    'code',
    'secure_code',
    'order_csc1',
    'circle',
    'cvs',
  ])('are not those of a field named %s', (name) => {
    expect(findCardData({ [name]: '123' })).toEqual([]);
  });

  it.each([
    'cvv: 123',
    'https://shop.example/a%20cvv%3A%20123',
    'CVV 1234',
    'the cvc is 123, thanks',
    'cvv2=123',
    'cvc#123',
    'CID: 1234',
    '{"cvv":"123"}',
    '{"csc": 123}',
    'security code 123',
    'Card Security Code: 123',
    'card-verification-value=1234',
    'cvv number is 123',
    'cvv: \uff11\uff12\uff13',
  ])('are those of a text that says %s', (text) => {
    expect(findCardData({ note: `paid, ${text}.` })).toEqual([
      { path: '/note', message: 'looks like a card security code' },
    ]);
  });

  it.each([
    'cvv',
    'cvv checked',
    'cvv match: yes',
    'cvv 12',
    'cvv 12345',
    'cid 123',
    'CSC 123 building',
    'lucid: 123',
    'security code of the door, 3 to 4',
    'verification of order 123',
    'the code is 123',
  ])('are not those of a text that says %s', (text) => {
    expect(findCardData({ note: text })).toEqual([]);
  });

  it.each([
    `paysaga_prod_${'aB3-_'.repeat(9).slice(0, 43)}`,
    `key=paysaga_local_${'x'.repeat(43)},`,
    `whsec_${'aB3+'.repeat(8)}`,
    `sk_${'live'}_${'a1'.repeat(12)}`,
    `rk_${'test'}_${'a1'.repeat(12)}`,
  ])('are those of a secret key', (text) => {
    expect(findCardData({ note: text })).toEqual([
      { path: '/note', message: 'looks like a secret key' },
    ]);
  });

  it.each([
    'paysaga_prod_',
    'paysaga_stage_one',
    'whsec_',
    'task_live_1',
    'risk_test_0123456789abcdef',
  ])('are not those of a text such as %s', (text) => {
    expect(findCardData({ note: text })).toEqual([]);
  });
});
