import { describe, expect, it } from 'vitest';
import { operationId } from '../../../shared/domain/ids.ts';
import type { SettlementChange } from '../../../shared/domain/settlement/decide.ts';
import { memoryWorld } from '../../../test/support/settlement/memory-world.ts';
import { csvOf, settledFactsOf } from '../../../test/support/settlement/world.ts';
import { reconcileFile } from './reconcile-file.ts';

/** A captured payment of EUR 100.00 that our books have not heard of, and a file with its line. */
async function setUp() {
  const { adapters, world } = memoryWorld();
  const payment = await world.reserved({});
  const hear = () =>
    world.apply(payment, settledFactsOf(world.psp).charged(world.of(payment), 290));
  const put = async (name: string, text: string) => {
    const key = `${world.psp}/${name}.csv`;
    await world.files.put(key, text);
    return { provider: world.psp, stored: { key, modified: world.now(), bytes: text.length } };
  };
  const settling = await put(
    '1',
    csvOf([
      {
        line_id: '000001',
        type: 'capture',
        reference: payment,
        operation_id: operationId(payment, 'charge'),
        gross: 10_000,
        fee: 120,
        currency: 'EUR',
      },
    ]),
  );
  const empty = await put('2', csvOf([]));
  const runWith = async (file: typeof settling, meanwhile: () => Promise<unknown>) => {
    let waits = true;
    const write = async (change: SettlementChange) => {
      if (waits) {
        waits = false;
        await meanwhile();
      }
      return world.deps.store.write(change);
    };
    const deps = { ...world.deps, store: { ...world.deps.store, write } };
    return reconcileFile(deps, { ...file, cutOff: world.now() });
  };
  return {
    hear,
    /** Runs over the file with the line; `meanwhile` happens before its first write. */
    settleWith: (meanwhile: () => Promise<unknown>) => runWith(settling, meanwhile),
    /** The same over the file without it. */
    findMissingWith: (meanwhile: () => Promise<unknown>) => runWith(empty, meanwhile),
    settle: () => reconcileFile(world.deps, { ...settling, cutOff: world.now() }),
    findMissing: () => reconcileFile(world.deps, { ...empty, cutOff: world.now() }),
    breaks: async () =>
      (await adapters.breaks.list({ owner: 'operations', limit: 10, after: null })).items.map(
        ({ kind, status }) => `${kind} ${status}`,
      ),
    bank: () => world.balance(`${world.name}-acme`, 'EUR', 'bank'),
  };
}

describe('two runs at once', () => {
  it('call nothing extra that one of them has settled since', async () => {
    const { settleWith, settle, hear, breaks, bank } = await setUp();
    const run = await settleWith(async () => {
      await hear();
      await settle();
    });
    expect(run.figures).toMatchObject({ matched: 1, breaks: { extra_line: 0 } });
    expect(await breaks()).toEqual([]);
    expect(await bank()).toBe(9_880n);
  });

  it('leave nothing open as missing that one of them settles', async () => {
    const { settleWith, findMissing, hear, breaks, bank } = await setUp();
    await hear();
    await settleWith(findMissing);
    expect(await breaks()).toEqual(['missing_line resolved']);
    expect(await bank()).toBe(9_880n);
  });

  it('call nothing missing that one of them has settled since', async () => {
    const { settle, findMissingWith, hear, breaks } = await setUp();
    await hear();
    const { figures } = await findMissingWith(settle);
    expect(figures.breaks.missing_line).toBe(0);
    expect(await breaks()).toEqual([]);
  });

  it('over one file count what is missing alike, whichever of them finds it', async () => {
    const { findMissing, findMissingWith, hear, breaks } = await setUp();
    await hear();
    const { figures } = await findMissingWith(findMissing);
    expect(figures.breaks.missing_line).toBe(1);
    expect(await breaks()).toEqual(['missing_line open']);
  });

  it('leave nothing open as extra that one of them settles', async () => {
    const { settleWith, settle, findMissing, hear, breaks, bank } = await setUp();
    const early = settle();
    // What was decided before we heard of it is written after.
    const late = settleWith(async () => {
      await early;
      await hear();
    });
    await Promise.all([early, late]);
    await findMissing();
    expect(await breaks()).toEqual(['extra_line resolved']);
    expect(await bank()).toBe(9_880n);
  });
});
