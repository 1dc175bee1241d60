import { describe, expect, it } from 'vitest';
import { aPrincipal } from '../../../../../test/support/api/access.ts';
import { deny, permit } from '../../../../../test/support/policies.ts';
import type { Policy } from '../engine/set.ts';
import { reviewed } from './review.ts';
import { vocabularyOf } from './vocabulary.ts';

const vocabulary = vocabularyOf([
  { path: '/payments/{payment_id}', access: { scope: 'refunds:write', action: 'refunds:create' } },
]);
const own = permit('own', 'resource.tenant == principal.tenant');
const aCase = {
  name: 'its own',
  principal: 'acme',
  action: 'refunds:create',
  effect: 'permit',
  policies: ['own'],
};

const review = (policies: readonly Policy[], ...cases: readonly unknown[]) =>
  reviewed(
    {
      text: JSON.stringify({ policies }),
      cases: JSON.stringify({ principals: { acme: aPrincipal('acme') }, cases }),
    },
    vocabulary,
  );

describe('a review', () => {
  it('lets a set pass that is typed, and decides as its tests say', () => {
    expect(review([own], aCase)).toEqual({ policies: [own] });
  });

  it('names each policy that is not typed', () => {
    const slips = [own, deny('a', 'resource.amout > 1'), deny('b', 'true', ['refund:create'])];
    expect(() => review(slips, aCase)).toThrow(
      expect.objectContaining({
        name: 'PolicySetRefused',
        problems: ['a: No such key: amout', 'b: no action is like refund:create'],
      }),
    );
  });

  it('names each test that fails', () => {
    const other = { ...aCase, name: 'another', resource: { tenant: 'globex' } };
    expect(() => review([own], aCase, other)).toThrow(
      expect.objectContaining({
        problems: ['another: it is deny, not permit; by none, not by own'],
      }),
    );
  });

  it('names each test of an action that there is not', () => {
    expect(() =>
      review([own], aCase, { ...aCase, name: 'a slip', action: 'refund:create' }),
    ).toThrow(expect.objectContaining({ problems: ['a slip: there is no action refund:create'] }));
  });

  it('refuses what is too large to be stored', () => {
    const many = Array.from({ length: 500 }, (_, n) =>
      permit(`p-${n}`, `"${'a'.repeat(600)}" == ""`),
    );
    expect(() => review(many, aCase)).toThrow('more than 262144 bytes');
  });
});
