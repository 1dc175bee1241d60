import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accessFindings,
  choice,
  heading,
  launch,
  type OpenOptions,
  overflow,
  settledPage,
  visit,
} from '../../support/console/browser.ts';
import { acme, givenUpEvent, keyOfNewTenant, paid } from '../../support/console/scenes.ts';
import { outputOf, stack } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

const { consoleUrl: url, apiUrl, endpoint } = stack;
const currency = 'SAR';

let browser: Browser;

/** What some pages are of: made once. */
const seen = { payment: '', letter: '', hook: '' };

beforeAll(async () => {
  browser = await launch();
  seen.payment = (await paid(currency)).id;
  seen.letter = await givenUpEvent(seen.payment);
  const { json } = await acme.call<{ id: string }>('POST', '/webhook-endpoints', {
    body: { url: `${outputOf('SimulatorUrl')}/nowhere`, events: ['payment.captured'] },
  });
  seen.hook = json.id;
  await paid(currency);
  await until('the account', async () => {
    const { status } = await acme.account(`fee_revenue.${currency}`);
    return status === 200 ? true : null;
  });
});

afterAll(async () => {
  await acme.call('DELETE', `/webhook-endpoints/${seen.hook}`);
  await browser.close();
});

type Opened = Pick<OpenOptions, 'as' | 'tenant'>;

const operator: Opened = { as: 'operations', tenant: 'acme' };
const merchant: Opened = { as: 'acme' };

/** Every page of the console, as whom one looks at it, and its heading. */
const pages: readonly (readonly [string, () => string, Opened, string | RegExp])[] = [
  ['payments', () => '/payments', merchant, 'Payments'],
  ['a payment', () => `/payments/${seen.payment}`, merchant, /^Payment /],
  ['a version of it', () => `/payments/${seen.payment}?version=2`, operator, /^Payment /],
  ['ledger', () => '/ledger', operator, 'Ledger'],
  ['an account', () => `/ledger/merchant_payable.${currency}`, merchant, /merchant_payable/],
  ['dead letters', () => '/dead-letters', operator, 'Dead letters'],
  ['a dead letter', () => `/dead-letters/${seen.letter}`, operator, /^Dead letter/],
  ['parked', () => '/parked', operator, 'Parked'],
  ['webhooks', () => '/webhooks', merchant, 'Webhooks'],
  ['an endpoint', () => `/webhooks/${seen.hook}`, merchant, /^Webhook endpoint/],
  ['reconciliation', () => '/reconciliation', operator, 'Reconciliation'],
  ['health', () => '/health', operator, 'Health'],
  ['no page', () => '/nowhere', merchant, 'No such page'],
];

describe.each(pages)('the page: %s', (_, path, opened, title) => {
  const open = async (options: Partial<OpenOptions>) => {
    const visited = await visit(browser, { url, path: path(), ...opened, ...options });
    await heading(visited.page, title);
    await settledPage(visited.page);
    return visited;
  };

  it('has one heading, a title, nothing to complain of, and nothing that keeps people out', async () => {
    const { page, complaints } = await open({ bypassCsp: true, scheme: 'light' });
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.title()).toMatch(/ · Paysaga$/);
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    expect(await accessFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is as readable in the dark, and no wider than a telephone', async () => {
    const { page } = await open({ bypassCsp: true, scheme: 'dark', width: 390 });
    expect(await overflow(page)).toBe(0);
    expect(await accessFindings(page)).toEqual([]);
    await page.context().close();
  });
});

describe('the colours', () => {
  const schemeOf = (page: Page) => page.locator('html').getAttribute('data-mantine-color-scheme');

  it('are the system’s, until somebody chooses, and then those', async () => {
    const { page } = await visit(browser, { url, scheme: 'dark' });
    await heading(page, 'Payments');
    expect(await schemeOf(page)).toBe('dark');
    await page.getByRole('button', { name: /^Colours: / }).click();
    await choice(page, 'Light').click();
    await until('light', async () => ((await schemeOf(page)) === 'light' ? true : null));
    await page.reload();
    await heading(page, 'Payments');
    expect(await schemeOf(page)).toBe('light');
  });
});

describe('a narrow window', () => {
  it('has its navigation behind a button', async () => {
    const { page } = await visit(browser, { url, as: 'acme', width: 390 });
    await page.getByRole('button', { name: 'Open the navigation' }).click();
    await page.getByRole('link', { name: 'Ledger' }).click();
    await heading(page, 'Ledger');
    await page.getByRole('button', { name: 'Open the navigation' }).waitFor();
  });
});

describe('a tenant that has nothing yet', () => {
  it.each([
    ['/payments', 'No payments yet'],
    ['/ledger', 'There is no account yet'],
    ['/parked', 'Nothing is parked'],
    ['/webhooks', 'There is no endpoint'],
    ['/reconciliation', 'No break is open'],
  ])('is told so at %s', async (path, says) => {
    const { id, apiKey } = await keyOfNewTenant();
    const { page } = await visit(browser, {
      url,
      path,
      before: (tab) =>
        tab.route('**/config.json', (route) =>
          route.fulfill({
            json: {
              stage: 'local',
              api_url: apiUrl.slice(endpoint.length),
              identities: [{ name: id, tenant: id, api_key: apiKey }],
            },
          }),
        ),
    });
    await page.getByText(says).waitFor();
    await page.context().close();
  });
});

describe('an API that fails', () => {
  const problem = {
    type: 'urn:paysaga:problem:internal_error',
    title: 'Something went wrong on our side',
    status: 500,
    detail: 'Try again.',
    instance: 'urn:uuid:0b9f9d0e-5a63-4b7f-8c3c-6d1f0a2b3c4d',
    code: 'internal_error',
  };

  it.each([
    ['/payments', merchant],
    ['/ledger', merchant],
    ['/dead-letters', operator],
    ['/parked', operator],
    ['/webhooks', merchant],
    ['/reconciliation', operator],
    ['/health', operator],
  ] as const)(
    'is said at %s, with a way to try again that works',
    async (path, { as = 'acme' }) => {
      const { page } = await visit(browser, { url, path: '/nowhere', as });
      await heading(page, 'No such page');
      await page.route(`${apiUrl}/**`, (route) =>
        route.fulfill({ status: 500, contentType: 'application/problem+json', json: problem }),
      );
      await page.goto(`${url}#${path}`);
      const alert = page.getByRole('alert').first();
      await alert.getByText(/500 internal_error/).waitFor({ timeout: 60_000 });
      await page.unroute(`${apiUrl}/**`);
      await alert.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('alert').first().waitFor({ state: 'detached', timeout: 60_000 });
      await page.context().close();
    },
  );
});

describe('what operators alone see', () => {
  it('is not in a merchant’s navigation, and says at its address who may see it', async () => {
    const { page } = await visit(browser, { url, path: '/dead-letters', as: 'acme' });
    await page.getByText('This needs an operator’s key').waitFor();
    await expect(page.getByRole('link', { name: 'Dead letters' }).count()).resolves.toBe(0);
    await page.getByRole('button', { name: 'Switch to operations' }).click();
    await page.getByRole('link', { name: 'Dead letters' }).waitFor();
  });
});
