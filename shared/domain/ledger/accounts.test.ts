import { describe, expect, it } from 'vitest';
import { accountCodes, accountId, parseAccountId } from './accounts.ts';

describe('the id of an account', () => {
  it('names code and currency, and is read back', () => {
    for (const code of accountCodes) {
      expect(parseAccountId(accountId(code, 'EUR'))).toEqual({ code, currency: 'EUR' });
    }
  });

  it.each([
    '',
    '.',
    'merchant_payable',
    'merchant_payable.',
    '.EUR',
    'merchant_payable.eur',
    'merchant_payable.XXX',
    'merchant_payable.EUR.',
    'merchant_payable.EUR.EUR',
    ' merchant_payable.EUR',
    'payable.EUR',
    'constructor.EUR',
    'merchant_payable.toString',
    'merchant_payable#EUR',
  ])('is not %j', (id) => {
    expect(parseAccountId(id)).toBeNull();
  });
});
