import { describe, expect, it } from 'vitest';
import { functionSpecs } from '../../../functions/index.ts';
import { passes } from './filter.ts';

const record = {
  eventName: 'INSERT',
  dynamodb: { NewImage: { pk: { S: 'TRANSFER#1' }, type: { S: 'payment.accepted' } } },
};
const image = (NewImage: object) => [{ dynamodb: { NewImage } }];

describe('the filters of a mapping', () => {
  it.each<[string, boolean, readonly Record<string, unknown>[]]>([
    ['none at all', true, []],
    ['a value of a list', true, [{ eventName: ['MODIFY', 'INSERT'] }]],
    ['no value of a list', false, [{ eventName: ['MODIFY', 'REMOVE'] }]],
    ['a list without values', false, [{ eventName: [] }]],
    ['the start of a value', true, image({ pk: { S: [{ prefix: 'TRANSFER#' }] } })],
    ['the start of another', false, image({ pk: { S: [{ prefix: 'LIMITED#' }] } })],
    ['one of two starts', true, image({ pk: { S: [{ prefix: 'X' }, { prefix: 'T' }] } })],
    ['a member that is not there', false, image({ sk: { S: ['x'] } })],
    ['a member of what is no object', false, [{ eventName: { S: ['INSERT'] } }]],
    ['one member and not the other', false, [{ eventName: ['INSERT'], dynamodb: { a: ['b'] } }]],
    ['the second of two filters', true, [{ eventName: ['REMOVE'] }, { eventName: ['INSERT'] }]],
  ])('with %s: %s', (_, passed, filters) => {
    expect(passes(record, filters)).toBe(passed);
  });

  it.each([
    [{ eventName: [{ suffix: 'T' }] }],
    [{ eventName: [{ prefix: 'I', suffix: 'T' }] }],
    [{ eventName: [{ prefix: 1 }] }],
    [{ eventName: [null] }],
    [{ eventName: [1] }],
    [{ eventName: 'INSERT' }],
    [{ eventName: ['REMOVE'], dynamodb: { NewImage: { n: { N: [{ numeric: ['>', 0] }] } } } }],
  ])('are refused with a pattern that is not known: %j', (filter) => {
    expect(() => passes(record, [filter])).toThrow(/does not know/);
  });

  it('of every function of ours are known', () => {
    for (const { trigger } of functionSpecs) {
      if (trigger.kind === 'stream') {
        expect(passes({}, trigger.filters)).toBe(false);
      }
    }
  });
});
