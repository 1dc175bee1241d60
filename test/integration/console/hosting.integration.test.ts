import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heading, keptBy, launch, visit } from '../../support/console/browser.ts';
import { stack, tenantOf } from '../../support/deployed/stack.ts';

const { consoleUrl: url, endpoint, apiUrl } = stack;

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser.close());

describe('the console on the local stack', () => {
  it('is a page of the same origin as the API, and opens on the payments', async () => {
    expect(new URL(url).origin).toBe(new URL(apiUrl).origin);
    const { page, complaints } = await visit(browser, { url });
    await heading(page, 'Payments');
    expect(complaints).toEqual([]);
  });

  it('asks nobody but its own origin for anything', async () => {
    const asked: string[] = [];
    const { page } = await visit(browser, {
      url,
      before: async (tab) => {
        tab.on('request', (request) => asked.push(request.url()));
      },
    });
    await heading(page, 'Payments');
    const elsewhere = asked.filter(
      (address) => !address.startsWith('data:') && !address.startsWith(`${endpoint}/`),
    );
    expect(asked.length).toBeGreaterThan(3);
    expect(elsewhere).toEqual([]);
  });

  it('has each file in its type, kept for as long as its name says', async () => {
    const html = await fetch(url);
    expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html.headers.get('cache-control')).toBe('no-cache');
    const [, script = ''] = /src="\.\/(assets\/[^"]+\.js)"/.exec(await html.text()) ?? [];
    const js = await fetch(new URL(script, url));
    expect(js.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(js.headers.get('cache-control')).toContain('immutable');
    const config = await fetch(new URL('config.json', url));
    expect(config.headers.get('cache-control')).toBe('no-cache');
    expect(await config.json()).toMatchObject({
      stage: 'local',
      api_url: apiUrl.slice(endpoint.length),
      identities: stack.tenants.map(({ id, name }) => ({ name: name ?? id, tenant: id })),
    });
  });
});

describe('a page of another origin', () => {
  const other = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Another page</h1>');
  });

  beforeAll(() => new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve)));

  afterAll(() => {
    other.closeAllConnections();
    other.close();
  });

  it.each([
    ['the settings, with the keys in them', new URL('config.json', url).href, 'GET'],
    ['payments', `${apiUrl}/payments`, 'GET'],
    ['the answer to a payment', `${apiUrl}/payments`, 'POST'],
  ])('cannot read %s', async (_, address, method) => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
    const outcome = await page.evaluate(
      async ([to, by, key]) => {
        try {
          const answer = await fetch(to, {
            method: by,
            headers: { authorization: `Bearer ${key}` },
          });
          return `read: ${answer.status}`;
        } catch {
          return 'refused';
        }
      },
      [address, method, tenantOf(0).apiKey] as const,
    );
    await page.close();
    expect(outcome).toBe('refused');
  });

  it.each(['https://app.localstack.cloud', 'http://localhost:3000'])(
    'is not let in for being %s',
    async (origin) => {
      for (const address of [new URL('config.json', url), `${apiUrl}/payments`]) {
        const answer = await fetch(address, { headers: { origin } });
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
    },
  );
});

describe('a stage that gives nobody away', () => {
  const withoutIdentities = {
    url,
    before: (page: Page) =>
      page.route('**/config.json', (route) =>
        route.fulfill({ json: { stage: 'prod', api_url: apiUrl.slice(endpoint.length) } }),
      ),
  };

  it('asks for a key, refuses a wrong one, and takes a right one', async () => {
    const { page } = await visit(browser, withoutIdentities);
    await heading(page, 'Sign in');
    const key = page.getByLabel('API key or access token', { exact: false }).first();
    await key.fill('paysaga_local_of_nobody');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await key.fill(tenantOf(0).apiKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await heading(page, 'Payments');
  });

  it('keeps the key in the tab alone, and forgets it on request', async () => {
    const { page } = await visit(browser, withoutIdentities);
    const { apiKey } = tenantOf(0);
    await page.getByLabel('API key or access token', { exact: false }).first().fill(apiKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await heading(page, 'Payments');
    await page.reload();
    await heading(page, 'Payments');
    const kept = await keptBy(page);
    expect(kept.tab).toContain(apiKey);
    expect(kept.machine).not.toContain(apiKey);
    await page.getByRole('button', { name: /^Signed in as / }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading(page, 'Sign in');
    expect((await keptBy(page)).tab).not.toContain(apiKey);
  });
});
