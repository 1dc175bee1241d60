import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tabTo } from '../../support/console/acts.ts';
import { goTo, heading, launch, visit } from '../../support/console/browser.ts';
import { acme, eventsWith, paid } from '../../support/console/scenes.ts';
import { stack } from '../../support/deployed/stack.ts';

const { consoleUrl: url } = stack;
const currency = 'SAR';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser.close());

const asAcme = (path: string) => visit(browser, { url, path, as: 'acme' });

describe('the list of payments', () => {
  it('shows a payment that comes while one looks', async () => {
    const { page } = await asAcme(`/payments?currency=${currency}`);
    await heading(page, 'Payments');
    const { reference } = await paid(currency);
    const row = page.getByRole('row').filter({ hasText: reference });
    await row.waitFor();
    await row.filter({ hasText: 'captured' }).waitFor();
    expect(await row.textContent()).toContain('123.00 SAR');
  });

  it('is narrowed by status, currency and reference, which the address keeps', async () => {
    const [failed, captured] = await Promise.all([
      paid(currency, { method: 'tok_decline_do_not_honor' }),
      paid(currency),
    ]);
    const { page } = await asAcme('/payments');
    const rowOf = ({ reference }: typeof failed) =>
      page.getByRole('row').filter({ hasText: reference });
    await page.getByLabel('Status').first().click();
    await page.getByRole('option', { name: 'failed', exact: true }).click();
    await rowOf(failed).waitFor();
    await rowOf(captured).waitFor({ state: 'detached' });
    expect(page.url()).toContain('status=failed');

    const clear = page.getByRole('button', { name: 'Clear', exact: true });
    await clear.click();
    // The form begins anew with the address: what is typed before is lost.
    await clear.waitFor({ state: 'detached' });
    await page.getByLabel('Reference or payment id').fill(captured.reference);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await rowOf(captured).waitFor();
    await rowOf(failed).waitFor({ state: 'detached' });
    await page.reload();
    await rowOf(captured).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });

  it('leads to the payment, and a payment id typed in does as well', async () => {
    const { id, reference } = await paid(currency);
    const { page } = await asAcme(`/payments?merchant_reference=${reference}`);
    await page.getByRole('row').filter({ hasText: reference }).getByRole('link').first().click();
    await heading(page, `Payment ${id.slice(0, 8)}`);
    await goTo(page, '/payments');
    await page.getByLabel('Reference or payment id').fill(id);
    await page.keyboard.press('Enter');
    await heading(page, `Payment ${id.slice(0, 8)}`);
  });
});

async function showSteps(page: Page): Promise<void> {
  await page.getByRole('switch', { name: 'Steps in words' }).focus();
  await page.keyboard.press('Space');
}

describe('the page of a payment', () => {
  it('says what each step of its saga came to', async () => {
    const { id } = await paid(currency);
    const { page } = await asAcme(`/payments/${id}`);
    const nodes = page.getByRole('region', { name: /saga/i }).getByRole('listitem');
    await nodes.filter({ hasText: 'charge' }).filter({ hasText: 'done' }).waitFor();
    expect(await nodes.count()).toBeGreaterThan(4);
    await showSteps(page);
    const steps = page.getByRole('table', { name: 'Steps of the payment' });
    for (const [step, state] of [
      ['reserve', 'done'],
      ['charge', 'done'],
      ['release', 'not reached'],
    ] as const) {
      await steps.getByRole('row').filter({ hasText: step }).filter({ hasText: state }).waitFor();
    }
  });

  it('shows what was undone of a payment that was declined', async () => {
    const { id } = await paid(currency, { method: 'tok_decline_do_not_honor' });
    const { page } = await asAcme(`/payments/${id}`);
    await page.getByText('do_not_honor').first().waitFor();
    await showSteps(page);
    const steps = page.getByRole('table', { name: 'Steps of the payment' });
    const row = (step: string) =>
      steps.getByRole('row').filter({ hasText: new RegExp(`^${step}`) });
    await row('reserve').filter({ hasText: 'compensated' }).waitFor();
    await row('charge').filter({ hasText: 'failed' }).waitFor();
  });

  it('goes through its versions by keys, as each left it', async () => {
    const { id } = await paid(currency);
    const { page } = await asAcme(`/payments/${id}`);
    await page.getByText('Version 3 of 3').waitFor();
    await tabTo(page, page.getByRole('slider', { name: 'Version' }));
    await page.keyboard.press('Home');
    await page.getByText('Version 1 of 3').waitFor();
    expect(page.url()).toContain('version=1');
    await page.getByText('processing', { exact: true }).first().waitFor();
    await page.keyboard.press(']');
    await page.getByText('Version 2 of 3').waitFor();
    await page.keyboard.press('[');
    await page.getByText('Version 1 of 3').waitFor();
    await page.getByRole('button', { name: 'Now' }).click();
    await page.getByText('Version 3 of 3').waitFor();
    await page.getByText('captured', { exact: true }).first().waitFor();
    expect(page.url()).not.toContain('version=');
  });

  it('opens at the version that its address names', async () => {
    const { id } = await paid(currency);
    const { page } = await asAcme(`/payments/${id}?version=2`);
    await page.getByText('Version 2 of 3').waitFor();
  });

  it('says that an outcome is unknown while it is, and how it ended', async () => {
    const { json } = await acme.pay({
      amount: 4_200,
      currency,
      payment_method: 'tok_timeout_then_approved',
    });
    const { page, complaints } = await asAcme(`/payments/${json.id}`);
    await eventsWith(json.id, 'payment.outcome_unknown');
    await page.getByText('outcome unknown', { exact: true }).waitFor();
    await page.getByText('captured', { exact: true }).first().waitFor({ timeout: 200_000 });
    await page.getByText('outcome unknown', { exact: true }).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it("is no other tenant's to read", async () => {
    const { id } = await paid(currency);
    const { page } = await visit(browser, { url, path: `/payments/${id}`, as: 'globex' });
    await page.getByRole('alert').filter({ hasText: '404 not_found' }).waitFor();
  });

  it('is read by an operator as the tenant that it is of', async () => {
    const { id } = await paid(currency);
    const { page } = await visit(browser, {
      url,
      path: `/payments/${id}`,
      as: 'operations',
      tenant: 'acme',
    });
    await page.getByText('Version 3 of 3').waitFor();
  });
});
