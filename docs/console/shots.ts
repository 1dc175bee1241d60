import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { StackRecord } from '../../local/supervision/record.ts';
import {
  launch,
  type OpenOptions,
  settledPage,
  visit,
} from '../../test/support/console/browser.ts';
import { playScene, type Scene } from './scene.ts';

interface Shot {
  readonly name: string;
  readonly path: (scene: Scene) => string;
  readonly open?: Pick<OpenOptions, 'as' | 'tenant' | 'width' | 'scheme'>;
  /** What is done before the picture is taken. */
  readonly before?: (page: Page) => Promise<unknown>;
}

const operator = { as: 'operations', tenant: 'acme' } as const;
const mostBytes = 150_000;
const drawnAfterMs = 1_600;

/** Each screen of the console once, one of them in the dark and one at the width of a telephone. */
const shots: readonly Shot[] = [
  { name: 'payments', path: () => '/payments' },
  { name: 'payment', path: ({ captured }) => `/payments/${captured}` },
  {
    name: 'payment-declined-dark',
    path: ({ declined }) => `/payments/${declined}`,
    open: { scheme: 'dark' },
  },
  { name: 'payments-390', path: () => '/payments', open: { width: 390 } },
  { name: 'ledger', path: () => '/ledger' },
  { name: 'account', path: () => '/ledger/merchant_payable.EUR' },
  {
    name: 'dead-letters',
    path: () => '/dead-letters',
    open: operator,
    before: (page) => untilThere(page, 'article'),
  },
  {
    name: 'dead-letter',
    path: () => '/dead-letters',
    open: operator,
    before: async (page) => {
      await untilThere(page, 'article');
      await page.getByRole('article').first().getByRole('link').first().click();
      await page.getByRole('heading', { name: 'What to do' }).waitFor();
    },
  },
  { name: 'parked', path: () => '/parked', open: operator },
  { name: 'webhooks', path: ({ endpoint }) => `/webhooks/${endpoint}` },
  { name: 'reconciliation', path: () => '/reconciliation', open: operator },
  { name: 'health', path: () => '/health', open: operator },
];

/**
 * Takes the pictures of the console that the docs show, of the local stack that is up, after it has
 * played them something.
 *
 * @throws Error for a picture that is too large for a repository
 */
export async function takeShots(
  stack: StackRecord,
  { log, folder = import.meta.dirname }: { log: (line: string) => void; folder?: string },
): Promise<void> {
  const scene = await playScene(stack);
  mkdirSync(folder, { recursive: true });
  const browser = await launch();
  try {
    for (const shot of shots) {
      const file = join(folder, `${shot.name}.png`);
      await take(browser, stack.consoleUrl, scene, shot, file);
      const { size } = statSync(file);
      log(`${shot.name}.png  ${Math.round(size / 1_000)} KB`);
      if (size > mostBytes) {
        throw new Error(`${file} has ${size} bytes, over ${mostBytes}`);
      }
    }
  } finally {
    await browser.close();
  }
}

async function take(
  browser: Browser,
  url: string,
  scene: Scene,
  { path, open, before }: Shot,
  file: string,
): Promise<void> {
  const { page } = await visit(browser, { url, path: path(scene), as: 'acme', ...open });
  await settledPage(page);
  await before?.(page);
  await settledPage(page);
  await page.mouse.move(0, 0);
  // Charts draw themselves by script, and say nothing when they have.
  await page.waitForTimeout(drawnAfterMs);
  await page.screenshot({ path: file, animations: 'disabled', scale: 'css' });
  await page.context().close();
}

/** Reads the queues again until there is a letter: SQS shows one when its consumer has given up. */
async function untilThere(page: Page, role: 'article'): Promise<void> {
  const refresh = page.getByRole('button', { name: 'Refresh' });
  const mostReads = 40;
  for (let read = 0; read < mostReads; read += 1) {
    await page.locator('button[data-loading]').waitFor({ state: 'detached' });
    if ((await page.getByRole(role).count()) > 0) {
      return;
    }
    await refresh.click();
  }
  throw new Error('no dead letter came');
}
