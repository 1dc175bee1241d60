import { formatMinor } from '../../../shared/domain/money/currency.ts';
import { secondsText, sources } from '../../../shared/domain/time-line/moment.ts';
import type { TimeLine } from '../../../shared/domain/time-line/time-line.ts';

/** So wide is a source's column. */
const width = Math.max(...sources.map(({ length }) => length));

/** A time line in words: what the payment is, a line for each moment, and what is not known. */
export function timeLineText({ payment, moments, missing }: TimeLine): string[] {
  const { id, status, amount, currency, created, version } = payment;
  const wide = Math.max(...moments.map(({ after_ms }) => secondsText(after_ms).length));
  return [
    `Payment ${id}: ${formatMinor(amount, currency)}, ${status} at version ${version}`,
    `From ${created}, the times since then`,
    '',
    ...moments.map(({ after_ms, source, says, isWrong }) => {
      const after = `+${secondsText(after_ms).padStart(wide)}`;
      return `${after}  ${isWrong ? '!' : ' '} ${source.padEnd(width)}  ${says}`;
    }),
    ...(missing.length > 0
      ? ['', 'Not known:', ...missing.map(({ what, why }) => `  ${what}: ${why}`)]
      : []),
  ];
}
