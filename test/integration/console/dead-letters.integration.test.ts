import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actWith, approve, closeDialog, tabTo } from '../../support/console/acts.ts';
import { become, goTo, heading, launch, visit } from '../../support/console/browser.ts';
import { givenUpEvent, large, paid, poison } from '../../support/console/scenes.ts';
import { stack } from '../../support/deployed/stack.ts';

const { consoleUrl: url } = stack;
const currency = 'AED';
const reason = 'made by a test of the console';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser.close());

const asOperator = (path = '/dead-letters') => visit(browser, { url, path, as: 'operations' });

/** A poisoned event has a letter of each of its consumers. */
const cardOf = (page: Page, paymentId: string) =>
  page
    .getByRole('region', { name: 'Queue payments-project-list' })
    .getByRole('article')
    .filter({ hasText: paymentId.slice(0, 8) });

/** The card of the one letter about a payment, found by reading the queues until it is there. */
async function letterOf(page: Page, paymentId: string) {
  const card = cardOf(page, paymentId);
  const refresh = page.getByRole('button', { name: 'Refresh' });
  const mostTries = 30;
  for (let tried = 0; tried < mostTries; tried += 1) {
    await refresh.and(page.locator(':not([data-loading])')).click();
    await page.locator('button[data-loading]').waitFor({ state: 'detached' });
    if ((await card.count()) > 0) {
      return card.first();
    }
  }
  throw new Error(`no letter about ${paymentId}`);
}

const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();

describe('a consumer that was poisoned', () => {
  it('has its letter here, with the verdict; as nobody knows what it is worth, two discard it', async () => {
    const { id } = await paid(currency);
    await poison(id);
    const { page, complaints } = await asOperator();
    const card = await letterOf(page, id);
    expect(await card.textContent()).toContain('123.00 AED');
    expect(await card.textContent()).toContain('Unsafe to redrive');
    await card.getByRole('link').first().click();
    await page.getByText('It is not of a contract, and is not shown').waitFor();
    await press(page, 'Dry run');
    expect(await actWith(page, { reason, label: 'Dry run' })).toContain('Refused');
    await closeDialog(page);
    await become(page, 'approver');
    await press(page, 'Approve a discard');
    const approval = await approve(page, 'nobody of ours sent it');
    await become(page, 'operations');
    await press(page, 'Discard');
    expect(await actWith(page, { reason, label: 'Discard', approval })).toContain('Discarded');
    await closeDialog(page);
    await heading(page, 'Dead letters');
    await cardOf(page, id).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});

describe('an event that was given up', () => {
  it('is dry run first, which does nothing, and then redriven: it is gone', async () => {
    const { id } = await paid(currency);
    const letter = await givenUpEvent(id);
    const { page } = await asOperator(`/dead-letters/${letter}`);
    await page.getByText('Safe to redrive').first().waitFor();
    await press(page, 'Dry run');
    expect(await actWith(page, { reason, label: 'Dry run' })).toContain('Nothing was done');
    await closeDialog(page);
    await press(page, 'Redrive');
    expect(await actWith(page, { reason, label: 'Redrive' })).toContain('the letter is gone');
    await closeDialog(page);
    await heading(page, 'Dead letters');
    await goTo(page, `/dead-letters/${letter}`);
    // What was read before would be shown beside.
    await page.reload();
    await page.getByRole('alert').filter({ hasText: 'wanted it redriven' }).waitFor();
  });

  it('takes a reason of ten characters', async () => {
    const { id } = await paid(currency);
    const { page } = await asOperator(`/dead-letters/${await givenUpEvent(id)}`);
    await press(page, 'Redrive');
    const dialog = page.getByRole('dialog');
    const redrive = dialog.getByRole('button', { name: 'Redrive', exact: true });
    await dialog.getByLabel('Reason').fill('too short');
    expect(await redrive.isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('long enough');
    await redrive.and(page.locator(':not([disabled])')).waitFor();
    await redrive.click();
    await dialog.getByText('the letter is gone').waitFor();
  });

  it('is redriven with all that are safe of its queue, one by one', async () => {
    const letters = await Promise.all([paid(currency), paid(currency)]);
    for (const { id } of letters) {
      await givenUpEvent(id);
    }
    const { page } = await asOperator();
    for (const { id } of letters) {
      await letterOf(page, id);
    }
    const queue = page.getByRole('region', { name: 'Queue payments-project-list' });
    await queue.getByRole('button', { name: /^Redrive all that is safe/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: /^Redrive \d+ letters?$/ }).click();
    await dialog.getByText(/^\d+ of \d+ redriven/).waitFor();
    expect(await dialog.getByRole('status').textContent()).toMatch(/^(\d+) of \1 redriven/);
    await closeDialog(page);
    for (const { id } of letters) {
      await cardOf(page, id).waitFor({ state: 'detached' });
    }
  });
});

describe('a letter over much money', () => {
  it('takes another operator: one’s own approval does not do, and another’s does', async () => {
    const { id } = await paid(currency, { amount: large });
    const letter = await givenUpEvent(id);
    const { page } = await asOperator(`/dead-letters/${letter}`);
    await page.getByText('it takes two operators').waitFor();
    await press(page, 'Approve a redrive');
    const own = await approve(page, reason);
    await press(page, 'Redrive');
    expect(await actWith(page, { reason, label: 'Redrive', approval: own })).toContain('403');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

    await become(page, 'approver');
    await press(page, 'Approve a redrive');
    const approval = await approve(page, 'looked at it as well');
    await become(page, 'operations');
    await press(page, 'Redrive');
    expect(await actWith(page, { reason, label: 'Redrive', approval })).toContain('is gone');
  });
});

describe('who has no mouse', () => {
  it('finds a letter, opens it and discards it by keys alone', async () => {
    const { id } = await paid(currency);
    await givenUpEvent(id);
    const { page } = await asOperator();
    const card = await letterOf(page, id);
    await tabTo(page, card.getByRole('link').first());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What to do' }).waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Discard', exact: true }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.getByLabel('Reason'));
    await page.keyboard.type(reason);
    await tabTo(page, dialog.getByRole('button', { name: 'Discard', exact: true }));
    await page.keyboard.press('Enter');
    await dialog.getByText('Discarded.').waitFor();
    await tabTo(page, dialog.getByRole('button', { name: 'Close', exact: true }));
    await page.keyboard.press('Enter');
    await heading(page, 'Dead letters');
  });
});
