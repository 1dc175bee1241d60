import { describe, expect, it } from 'vitest';
import { isSettled, isTerminal, transitions } from './state.ts';

describe('the table of states', () => {
  it('has an entry for each status, and leads only to statuses', () => {
    expect(
      Object.values(transitions)
        .flat()
        .every((status) => status in transitions),
    ).toBe(true);
  });

  it('ends in captured, canceled, expired and failed, and nowhere else', () => {
    const statuses = Object.keys(transitions) as (keyof typeof transitions)[];
    expect(statuses.filter(isTerminal).sort()).toEqual([
      'canceled',
      'captured',
      'expired',
      'failed',
    ]);
    expect(statuses.filter((status) => !isSettled(status))).toEqual(['processing']);
  });

  it('never leads back from an approval to a payment that is still being decided', () => {
    for (const status of ['authorized', 'partially_captured'] as const) {
      expect(transitions[status]).not.toContain('processing');
      expect(transitions[status]).not.toContain('failed');
    }
  });
});
