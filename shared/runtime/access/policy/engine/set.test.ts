import { describe, expect, it } from 'vitest';
import { permit } from '../../../../../test/support/policies.ts';
import { PolicySetRefused, parsePolicySet } from './set.ts';

const problemsOf = (json: unknown): readonly string[] => {
  try {
    parsePolicySet(JSON.stringify(json));
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(PolicySetRefused);
    return (error as PolicySetRefused).problems;
  }
};

describe('a set as it is written', () => {
  it('is a list of policies', () => {
    const set = { policies: [permit('a', 'true'), permit('b', 'false', ['*:read', 'payments:*'])] };
    expect(parsePolicySet(JSON.stringify(set))).toEqual(set);
  });

  it.each([
    ['no policies', { policies: [] }],
    ['two of one id', { policies: [permit('a', 'true'), permit('a', 'false')] }],
    ['an id that is none', { policies: [permit('A b', 'true')] }],
    ['another effect', { policies: [{ ...permit('a', 'true'), effect: 'allow' }] }],
    ['no actions', { policies: [permit('a', 'true', [])] }],
    ['an action of three parts', { policies: [permit('a', 'true', ['a:b:c'])] }],
    ['a pattern within a word', { policies: [permit('a', 'true', ['refund*'])] }],
    ['an unknown member', { policies: [{ ...permit('a', 'true'), priority: 1 }] }],
    ['a condition that is too long', { policies: [permit('a', `"${'a'.repeat(2_000)}" == ""`)] }],
    ['no description', { policies: [{ ...permit('a', 'true'), description: '' }] }],
  ])('has not %s', (_, json) => {
    expect(problemsOf(json)).toHaveLength(1);
  });

  it('is JSON', () => {
    expect(() => parsePolicySet('policies: []')).toThrow('it is not JSON');
  });
});
