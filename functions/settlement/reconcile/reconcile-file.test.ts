import { describe, expect, it } from 'vitest';
import { requestedId } from '../../../shared/domain/ids.ts';
import { lineOf } from '../../../test/support/settlement/files.ts';
import { memoryWorld } from '../../../test/support/settlement/memory-world.ts';
import { csvOf, settledFactsOf } from '../../../test/support/settlement/world.ts';
import type { Noted } from './dependencies.ts';
import { maxFileBytes } from './parse-file.ts';
import { reconcileFile } from './reconcile-file.ts';

/** A world with files that are reconciled one by one. */
function setUp() {
  const { adapters, world } = memoryWorld();
  const facts = settledFactsOf(world.psp);
  const noted: Noted[] = [];
  const deps = {
    ...world.deps,
    noted: (what: Noted): void => {
      noted.push(what);
    },
  };
  let files = 0;
  return {
    world,
    adapters,
    facts,
    noted,
    deps,
    /** A payment of EUR 100.00, captured with its charge for EUR 2.90. */
    captured: async (given: Parameters<typeof world.reserved>[0] = {}) => {
      const id = await world.reserved(given);
      await world.apply(id, facts.charged(world.of(id), 290));
      return id;
    },
    /** Puts a file and reconciles it, with everything asked of it that is there by now. */
    run: async (text: string, cutOff: string | null = world.now()) => {
      const key = `${world.psp}/${++files}.csv`;
      await world.files.put(key, text);
      const stored = (await world.files.list(key))[0];
      if (!stored) {
        throw new Error('the file is not there');
      }
      return reconcileFile(deps, { provider: world.psp, stored, cutOff });
    },
    open: async () =>
      (await adapters.breaks.list({ owner: 'operations', limit: 100, after: null })).items
        .filter(({ status }) => status === 'open')
        .map(({ kind, line }) => `${kind} ${line}`)
        .toSorted(),
  };
}

describe('reconciling a file', () => {
  it('posts what agrees, and tells of it', async () => {
    const { captured, run, world, noted, open } = setUp();
    const run1 = await run(csvOf([lineOf(await captured())]));
    expect(run1).toMatchObject({ status: 'finished', figures: { lines: 1, matched: 1 } });
    expect(run1.figures.posted).toEqual({
      EUR: {
        settled: 9_880n,
        psp_fee: 120n,
        settled_back: 0n,
        made_available: 9_710n,
        taken_back: 0n,
        owed: 0n,
        debt_paid: 0n,
      },
    });
    const tenant = `${world.name}-acme`;
    expect(await world.balance(tenant, 'EUR', 'bank')).toBe(9_880n);
    expect(await world.balance(tenant, 'EUR', 'psp_receivable')).toBe(0n);
    expect(await world.balance(tenant, 'EUR', 'merchant_available')).toBe(9_710n);
    expect(noted).toEqual([{ kind: 'posted', currency: 'EUR' }]);
    expect(await open()).toEqual([]);
  });

  it('files each line that cannot be read, and settles the others', async () => {
    const { captured, run, open, noted } = setUp();
    const [first, second] = [await captured(), await captured()];
    const text = csvOf([lineOf(first), lineOf(first, { gross: '1e4' }), lineOf(second)]);
    const { figures } = await run(`${text}"\r\n`);
    expect(figures).toMatchObject({ lines: 4, matched: 2, breaks: { unreadable_line: 2 } });
    expect(await open()).toEqual(['unreadable_line 3', 'unreadable_line 5']);
    expect(noted.filter(({ kind }) => kind === 'filed')).toHaveLength(2);
  });

  it('counts, and does not file, what cannot be read beyond a thousand lines', async () => {
    const { run, adapters } = setUp();
    const { figures } = await run(`${csvOf([])}${'nothing\r\n'.repeat(1_005)}`);
    expect(figures.breaks.unreadable_line).toBe(1_005);
    const breaks = await adapters.breaks.list({ owner: 'operations', limit: 2_000, after: null });
    expect(breaks.items).toHaveLength(1_000);
  });

  it('says of a file with another header that it cannot be read, and of nothing that it is missing', async () => {
    const { captured, run, open, adapters, world } = setUp();
    await captured();
    const { figures } = await run('line,amount\r\n1,100\r\n');
    expect(figures).toMatchObject({ lines: 0, breaks: { unreadable_line: 1, missing_line: 0 } });
    expect(await open()).toEqual(['unreadable_line null']);
    expect(await adapters.runs.scannedTo(world.psp)).toBeNull();
    // The next file that can be read is asked for all of it.
    await run(csvOf([]));
    expect(await open()).toEqual(['missing_line null', 'unreadable_line null']);
  });

  it('does not read a file that is too large', async () => {
    const { deps, world, open } = setUp();
    const get = () => Promise.reject(new Error('read'));
    const stored = { key: `${world.psp}/big.csv`, modified: world.now(), bytes: maxFileBytes + 1 };
    await reconcileFile(
      { ...deps, files: { ...deps.files, get } },
      { provider: world.psp, stored, cutOff: world.now() },
    );
    expect(await open()).toEqual(['unreadable_line null']);
  });

  it('fails when the file is gone, and leaves its run to be begun again', async () => {
    const { deps, world, adapters } = setUp();
    const stored = { key: `${world.psp}/gone.csv`, modified: world.now(), bytes: 100 };
    const gone = reconcileFile(deps, { provider: world.psp, stored, cutOff: null });
    await expect(gone).rejects.toThrow(/not there/);
    expect((await adapters.runs.finished(world.psp)).size).toBe(0);
  });

  it('asks for what is ours by the cut-off, and for what came after it the next time', async () => {
    const { captured, run, open, world } = setUp();
    const early = await captured();
    const cutOff = world.now();
    await captured();
    await run(csvOf([lineOf(early)]), cutOff);
    expect(await open()).toEqual([]);
    await run(csvOf([]));
    expect(await open()).toEqual(['missing_line null']);
  });

  it('looks again at the day before the last cut-off, as what was on its way then is there now', async () => {
    const { captured, run, deps } = setUp();
    const from: string[] = [];
    const { entries } = deps;
    deps.entries = (query) => {
      from.push(query.from);
      return entries(query);
    };
    await captured();
    await run(csvOf([]), '2026-03-01T00:00:00.000Z');
    await run(csvOf([]), '2026-03-05T00:00:00.000Z');
    await run(csvOf([]), '2026-02-01T00:00:00.000Z');
    expect(from).toEqual(['0000-01-01', '2026-02-28', '2026-02-01']);
  });

  it('ends as it was begun when it died: with its first cut-off', async () => {
    const { captured, deps, world, open } = setUp();
    const key = `${world.psp}/1.csv`;
    await world.files.put(key, csvOf([]));
    const stored = { key, modified: world.now(), bytes: 100 };
    const cutOff = world.now();
    const get = () => Promise.reject(new Error('S3 is away'));
    const dying = { ...deps, files: { ...deps.files, get } };
    const died = reconcileFile(dying, { provider: world.psp, stored, cutOff });
    await expect(died).rejects.toThrow('S3 is away');
    await captured();
    const again = { provider: world.psp, stored, cutOff: world.now() };
    const ended = await reconcileFile(deps, again);
    expect(ended).toMatchObject({ status: 'finished', cutOff });
    expect(await open()).toEqual([]);
    // And does not run once it has ended.
    expect(await reconcileFile(dying, again)).toEqual(ended);
  });

  it('asks for nothing without a cut-off', async () => {
    const { captured, run, open, adapters, world } = setUp();
    await captured();
    await run(csvOf([]), null);
    expect(await open()).toEqual([]);
    expect(await adapters.runs.scannedTo(world.psp)).toBeNull();
  });

  it('finds again what it missed as it came into the ledger late', async () => {
    const { captured, run, open, deps, world } = setUp();
    const entries = deps.entries;
    await captured();
    // The index has not heard of it.
    deps.entries = async () => ({ transfers: [], next: null });
    await run(csvOf([]));
    expect(await open()).toEqual([]);
    deps.entries = entries;
    await run(csvOf([]), world.now());
    expect(await open()).toEqual(['missing_line null']);
  });

  it('says once what is missing, however many files do not have it', async () => {
    const { captured, run, adapters } = setUp();
    await captured();
    const runs = [await run(csvOf([])), await run(csvOf([])), await run(csvOf([]))];
    expect(runs.map(({ figures }) => figures.breaks.missing_line)).toEqual([1, 0, 0]);
    const page = await adapters.breaks.list({ owner: 'operations', limit: 10, after: null });
    expect(page.items).toHaveLength(1);
  });

  it('closes what was missing when its line comes, and leaves alone what a person has closed', async () => {
    const { captured, run, adapters } = setUp();
    const [first, second] = [await captured(), await captured()];
    await run(csvOf([]));
    const { list, resolve } = adapters.breaks;
    const missing = (await list({ owner: 'operations', limit: 10, after: null })).items;
    const own = missing.find(({ paymentId }) => paymentId === second);
    const resolution = {
      reason: 'the PSP will send it',
      by: 'operations',
      time: own?.created ?? '',
    };
    await resolve({ ...(own as (typeof missing)[0]), status: 'resolved', resolution });
    const { figures } = await run(csvOf([lineOf(first), lineOf(second)]));
    expect(figures.matched).toBe(2);
    const reasons = (await list({ owner: 'operations', limit: 10, after: null })).items.map(
      ({ paymentId, resolution: closed }) => [paymentId, closed?.by, closed?.reason],
    );
    expect(reasons).toContainEqual([
      first,
      'reconciliation',
      'line 000001 of psp-world/2.csv is about it',
    ]);
    expect(reasons).toContainEqual([second, 'operations', 'the PSP will send it']);
  });

  it('does not ask one PSP for what another has', async () => {
    const { captured, run, open, world, deps } = setUp();
    await captured();
    const stored = { key: 'other/1.csv', modified: world.now(), bytes: 100 };
    await world.files.put('other/1.csv', csvOf([]));
    await reconcileFile(deps, { provider: 'other', stored, cutOff: world.now() });
    expect(await open()).toEqual([]);
    await run(csvOf([]));
    expect(await open()).toEqual(['missing_line null']);
  });

  it('reads what is available again when a payout was faster', async () => {
    const { captured, run, world, facts, deps } = setUp();
    const payment = await captured();
    await run(csvOf([lineOf(payment)]));
    const tenant = `${world.name}-acme`;
    const refund = requestedId(payment, 'refunds', '1');
    await world.apply(payment, ...facts.refunded(refund, 4_000));
    const { readLimited } = deps;
    let reads = 0;
    deps.readLimited = async (...account) => {
      const read = await readLimited(...account);
      if (++reads === 1) {
        await world.payOut(tenant, 'EUR', 9_000, 'payout-1');
      }
      return read;
    };
    const line = lineOf(payment, { type: 'refund', operation_id: refund, gross: 4_000, fee: 0 });
    const { figures } = await run(csvOf([line]));
    expect(figures.posted.EUR).toMatchObject({ taken_back: 710n, owed: 3_290n });
    expect(reads).toBe(2);
  });

  it('shows each tenant its own figures, and operations all of them', async () => {
    const { captured, run, adapters } = setUp();
    const [own, other] = [await captured({ tenant: 'acme' }), await captured({ tenant: 'globex' })];
    await run(csvOf([lineOf(own), lineOf(other, { gross: 1 }), lineOf('nobody')]));
    const figuresOf = async (owner: string) => {
      const { items } = await adapters.runs.list({ owner, limit: 10, after: null });
      return items.map(({ figures: { lines, matched, breaks } }) => [
        lines,
        matched,
        breaks.wrong_amount,
        breaks.extra_line,
      ]);
    };
    expect(await figuresOf('operations')).toEqual([[3, 1, 1, 1]]);
    expect(await figuresOf('acme')).toEqual([[1, 1, 0, 0]]);
    expect(await figuresOf('globex')).toEqual([[1, 0, 1, 0]]);
    expect(await figuresOf('initech')).toEqual([]);
  });
});
