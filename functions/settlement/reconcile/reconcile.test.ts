import { describe, expect, it } from 'vitest';
import { operationId } from '../../../shared/domain/ids.ts';
import { memoryWorld } from '../../../test/support/settlement/memory-world.ts';
import { csvOf, settledFactsOf } from '../../../test/support/settlement/world.ts';
import { reconcile } from './reconcile.ts';

function setUp() {
  const { adapters, world } = memoryWorld();
  const { psp } = world;
  const facts = settledFactsOf(psp);
  return {
    world,
    adapters,
    captured: async () => {
      const id = await world.reserved({});
      await world.apply(id, facts.charged(world.of(id), 290));
      return id;
    },
    put: (name: string, ...payments: readonly string[]) =>
      world.files.put(
        `${psp}/${name}`,
        csvOf(
          payments.map((payment, index) => ({
            line_id: String(index),
            type: 'capture',
            reference: payment,
            operation_id: operationId(payment, 'charge'),
            gross: 10_000,
            fee: 120,
            currency: 'EUR',
          })),
        ),
      ),
    run: (cutOff?: string, deps = world.deps) =>
      reconcile(deps, { providers: [psp], ...(cutOff ? { cutOff } : {}) }),
    breaks: async () =>
      (await adapters.breaks.list({ owner: 'operations', limit: 10, after: null })).items,
  };
}

describe('reconciling what has come in', () => {
  it('runs each file once, the oldest first', async () => {
    const { put, run, world } = setUp();
    // Their names say nothing of when they came.
    await put('b.csv');
    await put('a.csv');
    expect((await run(world.now())).map(({ file }) => file)).toEqual([
      'psp-world/b.csv',
      'psp-world/a.csv',
    ]);
    await put('c.csv');
    expect((await run(world.now())).map(({ file }) => file)).toEqual(['psp-world/c.csv']);
    expect(await run(world.now())).toEqual([]);
  });

  it('calls nothing missing that a newer file has', async () => {
    const { captured, put, run, world, breaks } = setUp();
    const [first, second] = [await captured(), await captured()];
    await put('1.csv', second);
    await put('2.csv', first);
    const runs = await run(world.now());
    expect(runs.map(({ figures }) => figures.matched)).toEqual([1, 1]);
    expect(runs.map(({ cutOff }) => cutOff !== null)).toEqual([false, true]);
    expect(await breaks()).toEqual([]);
  });

  it('asks a file, by the clock, for what is ours ten minutes before it', async () => {
    const { captured, put, run, breaks, world } = setUp();
    await captured();
    await put('1.csv');
    const [stored] = await world.files.list('');
    const [only] = await run();
    const minutes = (Date.parse(stored?.modified ?? '') - Date.parse(only?.cutOff ?? '')) / 60_000;
    expect(minutes).toBe(10);
    expect(await breaks()).toEqual([]);
  });

  it('reads no file of a PSP that the stage does not have', async () => {
    const { put, world } = setUp();
    await put('1.csv');
    expect(await reconcile(world.deps, { providers: [] })).toEqual([]);
    expect(await reconcile(world.deps, { providers: ['psp'] })).toEqual([]);
  });

  it('leaves what is behind a file that failed to the next time', async () => {
    const { captured, put, run, world, breaks } = setUp();
    const payment = await captured();
    await put('1.csv', payment);
    await put('2.csv');
    const get = () => Promise.reject(new Error('S3 is away'));
    const failing = { ...world.deps, files: { ...world.deps.files, get } };
    await expect(run(world.now(), failing)).rejects.toThrow('S3 is away');
    expect((await run(world.now())).map(({ figures }) => figures.matched)).toEqual([1, 0]);
    expect(await breaks()).toEqual([]);
  });
});
