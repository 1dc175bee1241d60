import type { ReconciliationBreak, ReconciliationRun } from '../../../../client/src/index.ts';
import { amountText } from '../../components/figures/amounts.ts';

export const breakKinds: Readonly<Record<ReconciliationBreak['kind'], string>> = {
  missing_line: 'Ours, and in no file',
  extra_line: 'In the file, and nothing of ours',
  wrong_amount: 'Amounts differ',
  wrong_currency: 'Currencies differ',
  duplicate_line: 'Settled by another line already',
  unreadable_line: 'The line cannot be read',
};

type Sides = Pick<ReconciliationBreak, 'ours' | 'theirs'>;

export function sideText(side: Sides['ours']): string {
  return side === null ? 'nothing' : amountText(side.amount, side.currency);
}

/** What the file says beyond the ledger: the difference where both speak of one currency. */
export function differenceText({ ours, theirs }: Sides): string {
  if (ours === null || theirs === null || ours.currency !== theirs.currency) {
    return ours === null || theirs === null ? 'one side alone' : 'two currencies';
  }
  const byMinor = theirs.amount - ours.amount;
  if (byMinor === 0) {
    return 'none';
  }
  return `the file has ${amountText(Math.abs(byMinor), ours.currency)} ${byMinor > 0 ? 'more' : 'less'}`;
}

/** The line in its file, or the file. */
export function placeOf({ file, line }: Pick<ReconciliationBreak, 'file' | 'line'>): string {
  return line === null ? file : `${file}:${line}`;
}

export function breaksOf({ breaks }: Pick<ReconciliationRun, 'breaks'>): number {
  return Object.values(breaks).reduce((sum, count) => sum + count, 0);
}

/** What the lines of a run posted, a text a currency. */
export function postedTexts({ posted }: Pick<ReconciliationRun, 'posted'>): readonly string[] {
  return posted.map(({ currency, settled, settled_back, psp_fee }) => {
    const toBank = `to the bank ${amountText(settled - settled_back, currency)}`;
    return psp_fee === 0 ? toBank : `${toBank}, PSP fees ${amountText(psp_fee, currency)}`;
  });
}
