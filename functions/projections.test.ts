import { describe, expect, it } from 'vitest';
import { longestInvocationMs } from '../shared/runtime/projections/rebuild.ts';
import { functionSpecs } from './index.ts';

/** Those that go by generations: the rows of `payment_list` have theirs, those of `projections` too. */
const going = functionSpecs.filter(({ tables }) => tables?.projections ?? tables?.payment_list);

/** Reads the generations anew for each of its pages, and shows nobody what it read. */
const anew = ['payments-republish'];

describe('the functions that go by the generations of projections', () => {
  it('are those that write them and those that show them', () => {
    expect(going.map(({ name }) => name).sort()).toEqual(
      expect.arrayContaining([
        'payments-list',
        'payments-project-list',
        'payments-republish',
        'reports-api',
        'reports-project-totals',
      ]),
    );
  });

  it.each(going.filter(({ name }) => !anew.includes(name)).map((spec) => [spec.name, spec]))(
    '%s is over before a rebuild goes on',
    (_, { timeoutMs }) => {
      expect(timeoutMs).toBeLessThanOrEqual(longestInvocationMs);
    },
  );

  it.each(anew)('%s may take longer, as it writes none', (name) => {
    const tables = going.find((spec) => spec.name === name)?.tables;
    expect(tables).toMatchObject({ projections: ['GetItem'], payment_list: ['BatchGetItem'] });
  });
});
