import type { Locator, Page } from 'playwright-core';

/** Fills in the dialog that is open, and has its act done; what came of it, as it says so. */
export async function actWith(
  page: Page,
  {
    reason,
    label,
    approval,
    force = false,
  }: {
    readonly reason: string;
    /** Of the button that does it. */
    readonly label: string;
    readonly approval?: string;
    readonly force?: boolean;
  },
): Promise<string> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  if (approval) {
    await dialog.getByLabel('Approval id').fill(approval);
  }
  if (force) {
    await dialog.getByRole('checkbox').check();
  }
  await dialog.getByRole('button', { name: label, exact: true }).click();
  return said(page);
}

/** What the dialog says came of it. @throws Error with the API's refusal, if it says that instead */
export async function said(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog');
  const outcome = dialog
    .getByRole('status')
    .or(dialog.getByRole('alert').filter({ hasText: /\b[45]\d\d [a-z_]+/ }));
  await outcome.first().waitFor();
  return ((await outcome.first().textContent()) ?? '').trim();
}

export async function closeDialog(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Presses Tab until the element has the focus. @throws Error when it is not reached */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const mostTabs = 80;
  for (let pressed = 0; pressed < mostTabs; pressed += 1) {
    if (await target.evaluate((element) => element.ownerDocument.activeElement === element)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${mostTabs} tabs do not lead to ${target}`);
}

/** The id that a dialog shows after an approval, behind that of what is approved. */
export async function approve(page: Page, reason: string): Promise<string> {
  const text = await actWith(page, { reason, label: 'Approve' });
  const id = text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g)?.at(-1);
  if (!id) {
    throw new Error(`no approval in: ${text}`);
  }
  await closeDialog(page);
  return id;
}
