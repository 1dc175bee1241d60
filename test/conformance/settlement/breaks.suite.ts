import { expect, it } from 'vitest';
import { type Break, operationsTenant, resolved } from '../../../shared/domain/settlement/break.ts';
import { timeAt } from '../../support/ledger/transfers.ts';
import { aBreak, aChange, aLine } from '../../support/settlement/records.ts';
import type { SettlementAdapters } from '../../support/settlement/world.ts';

export function breaksConform(adapters: () => SettlementAdapters): void {
  const file = async (files: Break) => {
    expect(await adapters().store.write(aChange({ files }))).toBe('written');
    return files;
  };
  const all = async (owner: string, limit: number, status?: Break['status']) => {
    const read: Break[] = [];
    let after: string | null = null;
    let pages = 0;
    do {
      const query = { owner, limit, after, ...(status ? { status } : {}) };
      const page = await adapters().breaks.list(query);
      read.push(...page.items);
      after = page.next;
      pages++;
    } while (after !== null);
    return { read, pages };
  };
  const close = (broken: Break, reason = 'paid by hand', by = 'acme') =>
    adapters().breaks.resolve(resolved(broken, { reason, by, time: timeAt(9) }));

  it('are listed once, newest first, in pages of any size', async () => {
    const tenant = 'lists';
    const filed: Break[] = [];
    for (let index = 0; index < 5; index++) {
      // Two of one time.
      const time = timeAt(Math.floor(index / 2));
      filed.unshift(await file(aBreak(aLine(`list ${index}`), tenant, { time })));
    }
    const position = ({ created, id }: Break) => `${created}#${id}`;
    filed.sort((a, b) => (position(a) < position(b) ? 1 : -1));
    for (const limit of [1, 2, 4, 5, 6, 100]) {
      expect(await all(tenant, limit)).toEqual({ read: filed, pages: Math.ceil(5 / limit) });
      expect((await all(tenant, limit, 'open')).read).toEqual(filed);
    }
    expect((await all(tenant, 5, 'resolved')).read).toEqual([]);
  });

  it('are an empty last page for who has none', async () => {
    expect(await all('has-none', 10)).toEqual({ read: [], pages: 1 });
  });

  it('are seen by their tenant and by operations; those of nobody by operations alone', async () => {
    const own = await file(aBreak(aLine('owned'), 'owner'));
    const nobodys = await file(aBreak(aLine('of nobody'), null));
    expect((await all('owner', 10)).read).toEqual([own]);
    const seen = (await all(operationsTenant, 100)).read;
    expect(seen).toEqual(expect.arrayContaining([own, nobodys]));
    expect(seen.filter(({ id }) => id === nobodys.id)).toHaveLength(1);
  });

  it('move from the open ones to the resolved ones, in their place', async () => {
    const tenant = 'moves';
    const [older, newer] = [
      await file(aBreak(aLine('older'), tenant, { time: timeAt(0) })),
      await file(aBreak(aLine('newer'), tenant, { time: timeAt(1) })),
    ];
    expect(await close(older, 'paid by hand', tenant)).toBe('written');
    const resolution = { reason: 'paid by hand', by: tenant, time: timeAt(9) };
    const closed: Break = { ...older, status: 'resolved', resolution };
    expect(await adapters().breaks.get(older.id)).toEqual(closed);
    expect((await all(tenant, 10)).read).toEqual([newer, closed]);
    expect((await all(tenant, 10, 'open')).read).toEqual([newer]);
    expect((await all(tenant, 10, 'resolved')).read).toEqual([closed]);
  });

  it('are closed by one of ten at once', async () => {
    const broken = await file(aBreak(aLine('closed by one'), 'closes'));
    const reasons = Array.from({ length: 10 }, (_, index) => `reason ${index}`);
    const answers = await Promise.all(reasons.map((reason) => close(broken, reason)));
    expect(answers.filter((answer) => answer === 'written')).toHaveLength(1);
    const winner = reasons[answers.indexOf('written')];
    expect((await adapters().breaks.get(broken.id))?.resolution?.reason).toBe(winner);
  });

  it('cannot be closed when they are not there', async () => {
    const never = aBreak(aLine('never filed'));
    expect(await close(never)).toBe('refused');
    expect(await adapters().breaks.get(never.id)).toBeNull();
  });
}
