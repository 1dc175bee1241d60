import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyStore, PublishedPolicies } from '../../../shared/ports/access/policies.ts';
import { timeAt } from '../../support/ledger/transfers.ts';

/** What every adapter of the published policies has to do. */
export function policiesConform(
  kind: string,
  open: () => Promise<{ readonly store: PolicyStore; readonly close: () => Promise<void> }>,
): void {
  describe(`the published policies on ${kind}`, () => {
    let adapter: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    const policies = (version: number, by = 'ann'): PublishedPolicies => ({
      version,
      text: JSON.stringify({ policies: [{ id: `p-${version}`, by }] }),
      hash: `hash ${version}`,
      published: timeAt(version),
      by,
      reason: `version ${version}`,
    });

    it('are none at first, of which none but the first can follow', async () => {
      const { store } = adapter;
      expect(await store.active()).toBeNull();
      expect(await store.version(1)).toBeNull();
      expect(await store.publish(policies(2))).toBe('outdated');
      expect(await store.active()).toBeNull();
      expect(await store.version(2)).toBeNull();
    });

    it('are each live until the next, and kept after it', async () => {
      const { store } = adapter;
      for (const version of [1, 2, 3]) {
        expect(await store.publish(policies(version))).toBe('published');
        expect(await store.active()).toEqual(policies(version));
      }
      for (const version of [1, 2, 3]) {
        expect(await store.version(version)).toEqual(policies(version));
      }
    });

    it.each([1, 2, 3, 5])('do not follow 3 as version %d', async (version) => {
      const { store } = adapter;
      expect(await store.publish(policies(version, 'bob'))).toBe('outdated');
      expect(await store.active()).toEqual(policies(3));
      expect(await store.version(3)).toEqual(policies(3));
    });

    it('are those of one of ten who publish the same version at once', async () => {
      const { store } = adapter;
      const people = Array.from({ length: 10 }, (_, n) => `person ${n}`);
      const results = await Promise.all(people.map((by) => store.publish(policies(4, by))));
      expect(results.filter((result) => result === 'published')).toHaveLength(1);
      const winner = people[results.indexOf('published')] as string;
      expect(await store.active()).toEqual(policies(4, winner));
      expect(await store.version(4)).toEqual(policies(4, winner));
    });
  });
}
