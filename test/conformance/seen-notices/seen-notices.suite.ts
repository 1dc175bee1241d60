import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenNotices } from '../../../shared/ports/webhooks/seen-notices.ts';

export interface OpenSeenNotices {
  readonly seen: SeenNotices;
  readonly close: () => Promise<void>;
}

/** What every memory of notices has to do. */
export function seenNoticesConformance(kind: string, open: () => Promise<OpenSeenNotices>) {
  describe(`seen notices on ${kind}`, () => {
    let opened: OpenSeenNotices;
    let seen: SeenNotices;
    beforeAll(async () => {
      opened = await open();
      seen = opened.seen;
    });
    afterAll(() => opened.close());
    const aNotice = () => ({ provider: 'psp', id: `nt_${randomUUID()}.charge.approved` });

    it('are none that were not marked', async () => {
      expect(await seen.has(aNotice(), 0)).toBe(false);
    });

    it('are marked until the time that was said, to the millisecond', async () => {
      const notice = aNotice();
      await seen.mark(notice, 1_700_000_000_500);
      expect(await seen.has(notice, 1_700_000_000_499)).toBe(true);
      expect(await seen.has(notice, 1_700_000_000_500)).toBe(false);
    });

    it('are marked anew for longer', async () => {
      const notice = aNotice();
      await seen.mark(notice, 1_000);
      await seen.mark(notice, 2_000);
      expect(await seen.has(notice, 1_500)).toBe(true);
    });

    it('are of one PSP each: the same id of another one is another notice', async () => {
      const notice = aNotice();
      await seen.mark(notice, 1_000);
      expect(await seen.has({ ...notice, provider: 'other' }, 1)).toBe(false);
      expect(await seen.has({ ...notice, id: `${notice.id}~` }, 1)).toBe(false);
      expect(await seen.has(notice, 1)).toBe(true);
    });
  });
}
