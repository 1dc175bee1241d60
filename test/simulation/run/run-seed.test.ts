import { describe, expect, it } from 'vitest';
import { functionSpecs } from '../../../functions/index.ts';
import { nameOfPoint } from '../kernel/coverage.ts';
import { wiring } from '../wiring/wiring.ts';
import { crashPoints, runSeed } from './run-seed.ts';

const points = crashPoints();
const seeds = [3, 14, 15, 92];

describe('a run', () => {
  it('is the same run for the same seed, to the last word of its time line', async () => {
    for (const seed of seeds) {
      const [one, other] = [await runSeed({ seed, points }), await runSeed({ seed, points })];
      expect(other.hash).toBe(one.hash);
      expect(other.text()).toBe(one.text());
      expect(one.text().split('\n').length).toBeGreaterThan(100);
    }
  });

  it('is another run for another seed', async () => {
    const hashes = new Set<number>();
    for (const seed of seeds) {
      hashes.add((await runSeed({ seed, points })).hash);
    }
    expect(hashes.size).toBe(seeds.length);
  });

  it('is the same run when all that went wrong in it, and no more, is allowed', async () => {
    for (const seed of seeds) {
      const all = await runSeed({ seed, points });
      const again = await runSeed({ seed, points, faults: new Set(all.faults.keys()) });
      expect(again.hash).toBe(all.hash);
    }
  });

  it('begins like itself without a fault that strikes late', async () => {
    for (const seed of seeds) {
      const all = await runSeed({ seed, points });
      const names = [...all.faults.keys()];
      const last = names.at(-1) ?? '';
      const without = await runSeed({ seed, points, faults: new Set(names.slice(0, -1)) });
      const [lines, fewer] = [all.text().split('\n'), without.text().split('\n')];
      const differs = lines.findIndex((line, index) => line !== fewer[index]);
      expect(last).not.toBe('');
      expect(without.faults.has(last)).toBe(false);
      expect(differs === -1 ? lines.length : differs).toBeGreaterThan(lines.length / 4);
    }
  });

  it('without a fault comes to its end, and nothing breaks', async () => {
    for (const seed of seeds) {
      const { broken, faults } = await runSeed({ seed, points, faults: new Set() });
      expect([broken, faults.size]).toEqual([null, 0]);
    }
  });

  it('without a client has nothing in it', async () => {
    const { commands, hits, text } = await runSeed({ seed: 3, points, commands: new Set() });
    expect([commands, text().includes('payment.accepted')]).toEqual([[], false]);
    expect([...hits.keys()].filter((point) => point.includes('append'))).toEqual([]);
  });
});

describe('the crash points', () => {
  it('are two at each call that a function makes of a port', () => {
    expect(new Set(points.map(nameOfPoint)).size).toBe(points.length);
    expect(points.map(nameOfPoint)).toEqual(
      expect.arrayContaining([
        'providers-charge: before provider.charge',
        'providers-charge: after provider.charge',
        'payments-relay: after bus.publish',
        'payments-project-list: before dead-letters.put',
      ]),
    );
  });

  it('are of every function but those that only read, and those at the edge', () => {
    const left = functionSpecs.filter(({ name }) => !(name in wiring)).map(({ name }) => name);
    expect(left).toEqual([
      'customers-api',
      'ledger-audit',
      'ledger-get-account',
      'ledger-get-statement',
      'ledger-get-trial-balance',
      'ledger-list-accounts',
      'ledger-list-entries',
      'operations-approve',
      'operations-dead-letters',
      'operations-health',
      'operations-overview',
      'payments-approve-refund',
      'payouts-conversions',
      'providers-webhooks',
      'reports-api',
      'settlement-breaks',
      'webhooks-api',
      'webhooks-deliver',
      'webhooks-wake',
    ]);
  });
});
