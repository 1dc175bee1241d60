import { describe, expect, it } from 'vitest';
import counted from '../../docs/cost/counts.json' with { type: 'json' };
import type { Counts, CountsFile } from '../../docs/cost/counts.ts';
import { stack } from '../support/deployed/stack.ts';
import { costStack, countAlone } from './run.ts';

const { paths } = counted as CountsFile;
const target = {
  ...costStack(stack.endpoint, stack.stateDir, stack.outputs),
  apiUrl: stack.apiUrl,
};

/**
 * The tables that the saga alone writes: each of its transactions once, however busy the machine is.
 * A try more would be a second version of something, and none of these.
 */
const exact = ['payments', 'ledger'];
/**
 * Those that follow. A queue has no order: an event that overtakes another is refused once and comes
 * again, which adds a write or a transaction. A fold for each transfer is the most there can be.
 */
const most: Readonly<Record<string, number>> = { payment_list: 3, projections: 12, books: 6 };

function writesOf({ tables }: Counts, names: readonly string[]) {
  return Object.fromEntries(
    names.map((name) => [name, [tables[name]?.write_units, tables[name]?.index_write_units]]),
  );
}

describe.each(['captured', 'declined', 'blocked'] as const)('a payment that is %s', (name) => {
  it('takes what docs/cost/counts.json says; if it should take more, npx paysaga cost --write', async () => {
    const held = paths[name]?.alone as Counts;
    // Of two the lower: one may have met a fault that was tried again.
    const found = await countAlone(target, name, 2, () => undefined);
    expect(writesOf(found, exact)).toEqual(writesOf(held, exact));
    const { events, api_requests, kms_requests } = held;
    expect(found).toMatchObject({ events, api_requests, kms_requests });
    const transitions = ({ machines }: Counts) =>
      Object.entries(machines).map(([machine, each]) => [machine, each.transitions]);
    expect(transitions(found)).toEqual(transitions(held));
    const messages = ({ queues }: Counts) =>
      Object.entries(queues).map(([queue, each]) => [queue, each.messages]);
    expect(messages(found)).toEqual(messages(held));
    for (const [table, slack] of Object.entries(most)) {
      const units = [found, held].map(({ tables }) => tables[table]?.write_units ?? 0);
      expect(units[0], table).toBeLessThanOrEqual((units[1] ?? 0) + slack);
    }
    // Batches may be shared, and a fold may be one or one for each commit; a cold cache reads.
    for (const [called, { invocations, log_lines }] of Object.entries(found.functions)) {
      const before = held.functions[called];
      expect(before, `${called} is new on the way`).toBeDefined();
      expect(invocations, called).toBeLessThanOrEqual((before?.invocations ?? 0) + 3);
      expect(log_lines, called).toBeLessThanOrEqual((before?.log_lines ?? 0) + 3);
    }
  });
});
