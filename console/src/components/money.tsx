import {
  type Currency,
  currencyExponents,
  formatMinor,
} from '../../../shared/domain/money/currency.ts';

/**
 * An amount in its currency's own digits, `1,234.50 EUR`: the digits line up in a column, and the code
 * comes after them.
 */
export function Money({
  amountMinor,
  currency,
  signed = false,
}: {
  readonly amountMinor: number | bigint;
  readonly currency: string;
  /** Shows a plus, too: for what is added to something. */
  readonly signed?: boolean;
}) {
  const { number, code } = moneyText(amountMinor, currency);
  return (
    <span className="ps-nowrap">
      {signed && amountMinor > 0 ? '+' : ''}
      {number}{' '}
      <span style={{ color: 'var(--mantine-color-dimmed)', fontSize: '0.85em' }}>{code}</span>
    </span>
  );
}

/** The same as text, for names and titles. A currency that is not known shows its minor units. */
export function moneyText(
  amountMinor: number | bigint,
  currency: string,
): { readonly number: string; readonly code: string } {
  if (!Object.hasOwn(currencyExponents, currency)) {
    return { number: String(amountMinor), code: `${currency} (minor units)` };
  }
  const [code = currency, digits = ''] = formatMinor(amountMinor, currency as Currency).split(' ');
  const [whole = '', fraction] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return { number: fraction === undefined ? grouped : `${grouped}.${fraction}`, code };
}
