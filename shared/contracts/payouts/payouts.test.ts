import { describe, expect, it } from 'vitest';
import { CreatePayout } from './payouts.ts';

const body = { amount: 9_710, currency: 'EUR', destination: 'ba_approve' };

const refusals = (given: unknown) =>
  CreatePayout.safeParse(given).error?.issues.map(
    ({ path, message }) => `/${path.join('/')} ${message}`,
  );

describe('the body of POST /payouts', () => {
  it('has no metadata unless told', () => {
    expect(CreatePayout.parse(body)).toEqual({ ...body, metadata: {} });
  });

  it.each([
    ['an IBAN', 'DE89370400440532013000', 'must be a token of the bank, such as ba_1a2b3c'],
    [
      'an IBAN behind the prefix',
      'ba_DE89370400440532013000',
      'must be a token of the bank, never an account number',
    ],
    [
      'digits behind the prefix',
      'ba_000123456789',
      'must be a token of the bank, never an account number',
    ],
    ['a token of another kind', 'tok_approve', 'must be a token of the bank, such as ba_1a2b3c'],
    ['spaces', 'ba_DE89 3704', 'must be a token of the bank, such as ba_1a2b3c'],
    ['nothing behind the prefix', 'ba_', 'must be a token of the bank, such as ba_1a2b3c'],
    ['a number', 7, 'must be a token of the bank, such as ba_1a2b3c'],
  ])('takes no destination that is %s, and does not echo it', (_name, destination, message) => {
    expect(refusals({ ...body, destination })).toEqual([`/destination ${message}`]);
  });

  it.each([
    ['no amount', { currency: 'EUR', destination: 'ba_a' }],
    ['an amount of nothing', { ...body, amount: 0 }],
    ['part of a minor unit', { ...body, amount: 97.1 }],
    ['more than the largest amount', { ...body, amount: 10 ** 12 + 1 }],
    ['an unknown currency', { ...body, currency: 'XXX' }],
    ['a field that it does not know', { ...body, account: 'x' }],
  ])('is refused with %s', (_name, given) => {
    expect(refusals(given)).toHaveLength(1);
  });
});
