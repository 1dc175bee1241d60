import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { error, scriptedPsp } from '../../test/support/psp/scripted-psp.ts';
import { type Bundles, bundleHandlers, handlerOf } from '../bundle.ts';

const carriers = ['providers-charge', 'payments-take-notice', 'providers-webhooks'] as const;
const others = ['ledger-reserve', 'payments-submit'] as const;

let folder: string;
let bundles: Bundles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paysaga-late-'));
  const handlers = [...carriers, ...others].map((name) => [name, handlerOf({ name })]);
  const late = ['late', 'infra/testing/late.ts'];
  bundles = await bundleHandlers(folder, Object.fromEntries([...handlers, late]));
}, 60_000);

afterAll(() => rm(folder, { recursive: true }));

/** The files of a bundle, and which of them have the SDK of Stripe. */
async function filesOf(name: string) {
  const names = await readdir(bundles.folderOf(name));
  const has = async (file: string) =>
    (await readFile(join(bundles.folderOf(name), file), 'utf8')).includes('api.stripe.com');
  const flags = await Promise.all(names.map(has));
  return { names, withStripe: names.filter((_, index) => flags[index]) };
}

describe('what is imported late', () => {
  it.each(carriers)('is in a chunk of its own, which no start loads: %s', async (name) => {
    const { withStripe } = await filesOf(name);
    expect(withStripe).toEqual([expect.stringMatching(/^(?:stage-stripe|notices)-\w+\.mjs$/)]);
    const { size } = await stat(join(bundles.folderOf(name), withStripe[0] ?? ''));
    expect(size).toBeGreaterThan(200_000);
  });

  it.each(others)('is nowhere where nothing needs it: %s', async (name) => {
    expect((await filesOf(name)).withStripe).toEqual([]);
  });

  it('counts for no start, and what the start shares with it does', async () => {
    const { names, withStripe } = await filesOf('late');
    const sizes = await Promise.all(
      names.map(async (name) => [name, (await stat(join(folder, 'late', name))).size] as const),
    );
    const sizeOf = (pattern: RegExp) =>
      sizes.filter(([name]) => pattern.test(name)).reduce((sum, [, size]) => sum + size, 0);
    expect(withStripe).toHaveLength(1);
    expect(bundles.bytes.late).toBe(sizeOf(/^(?:index|chunk-)/));
    expect(sizeOf(/^chunk-/)).toBeGreaterThan(0);
  });

  it('runs when it is called for', async () => {
    const psp = await scriptedPsp();
    psp.answerWith(error(402, 'card_declined'));
    const invocation = promisify(execFile)(
      process.execPath,
      [
        join(import.meta.dirname, '../testing/invoke.ts'),
        join(bundles.folderOf('late'), 'index.mjs'),
      ],
      { env: { POWERTOOLS_DEV: 'false', POWERTOOLS_SERVICE_NAME: 'test' } },
    );
    invocation.child.stdin?.end(JSON.stringify({ baseUrl: psp.url }));
    const { stdout } = await invocation;
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
      returned: { kind: 'declined', code: 'declined', message: 'No.' },
    });
    await psp.close();
  });
});
