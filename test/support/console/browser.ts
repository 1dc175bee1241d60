import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { findChromium } from '../../../local/install/chromium.mjs';

/** The console's own name of who one can be on the local stage. */
export type Who = 'acme' | 'globex' | 'operations' | 'approver';

export interface OpenOptions {
  /** The console's page: `http://127.0.0.1:PORT/paysaga-console/index.html`. */
  readonly url: string;
  /** A route: `/payments`. */
  readonly path?: string;
  readonly as?: Who;
  /** Whose data an operator reads. */
  readonly tenant?: string;
  /** Default: 1280. */
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  /** Lets tools into the page that its content security policy would keep out. */
  readonly bypassCsp?: boolean;
  /** What is done to the page before it is loaded. */
  readonly before?: (page: Page) => Promise<unknown>;
}

/** A person at the console: a tab with storage of its own. */
export interface Visit {
  readonly page: Page;
  /** What the page or the browser complained of: errors, and what its policy refused. */
  readonly complaints: readonly string[];
}

const ACTION_DEADLINE_MS = 20_000;
const height = 800;

/**
 * The browser of one test file.
 *
 * @throws Error when the machine has none, which `npm test` looks at first
 */
export async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error('no Chromium or Chrome found: install one, or name it in PAYSAGA_CHROMIUM');
  }
  return chromium.launch({
    executablePath,
    // Its sandbox needs what containers and root do not give it; what it opens here is ours.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

/** Opens the console in a tab of its own, and becomes who was asked for by its menu. */
export async function visit(browser: Browser, options: OpenOptions): Promise<Visit> {
  const { url, path = '/payments', width = 1_280, scheme = 'light' } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    bypassCSP: options.bypassCsp ?? false,
  });
  context.setDefaultTimeout(ACTION_DEADLINE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    // An answer that is no 2xx is what some tests are about.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  await options.before?.(page);
  await page.goto(`${url}#${path}`);
  if (options.as) {
    await become(page, options.as);
  }
  if (options.tenant) {
    await readAs(page, options.tenant);
  }
  return { page, complaints };
}

/** Goes to another route, as a link would. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(new URL(`#${path}`, page.url()).href);
}

/** Chooses who one is. */
export async function become(page: Page, who: Who): Promise<void> {
  await page.getByRole('button', { name: /^Signed in as / }).click();
  await choice(page, new RegExp(`^${who}( \\(operator\\))?$`)).click();
  await page.getByRole('button', { name: `Signed in as ${who}`, exact: true }).waitFor();
}

/** Chooses whose data an operator reads. */
export async function readAs(page: Page, tenant: string): Promise<void> {
  await page.getByRole('button', { name: /^Tenant: / }).click();
  await choice(page, tenant).click();
  await page.getByRole('button', { name: `Tenant: ${tenant}`, exact: true }).waitFor();
}

/** One of the choices of the menu that is open. */
export function choice(page: Page, name: string | RegExp): Locator {
  return page.getByRole('menuitemradio', { name, exact: true });
}

/** The page's heading, when it is that. */
export async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Waits until nothing is being read any more: what is shown is what there is. */
export async function settledPage(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** What axe finds that keeps somebody from using the page: serious and critical, one line each. */
export async function accessFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** What the tab keeps, and what outlives it. */
export async function keptBy(
  page: Page,
): Promise<{ readonly tab: string; readonly machine: string }> {
  const tab = await page
    .locator('html')
    .evaluate((root) => JSON.stringify(root.ownerDocument.defaultView?.sessionStorage));
  return { tab, machine: JSON.stringify(await page.context().storageState()) };
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
}
