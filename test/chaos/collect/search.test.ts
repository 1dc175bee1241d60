import { expect, it } from 'vitest';
import { looksLikeCardNumber } from '../../../shared/domain/card-data.ts';
import { searchFor } from './search.ts';
import { cardNumberOf } from './secrets.ts';

it('counts what was searched, and tells where a secret is but not the secret', () => {
  const search = searchFor([{ what: 'a key', text: 'k-1' }], 'fine');
  search.look('items', 'this is fine', 'payments');
  search.look('items', 'nothing', 'payments');
  search.look('logs', 'with k-1 in it', 'the log of submit');
  expect(search.result()).toEqual({
    searched: { items: 2, logs: 1 },
    found: ['a key in the log of submit'],
    legitimate: 1,
  });
});

it.each([1, 2, 77, 2_026])('the canary of seed %d passes for a card number', (seed) => {
  expect(cardNumberOf(seed)).toMatch(/^4\d{15}$/);
  expect(looksLikeCardNumber(cardNumberOf(seed))).toBe(true);
});
