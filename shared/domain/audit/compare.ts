import { counterNames } from '../ledger/book.ts';
import { type Counters, type Transfer, zeroCounters } from '../ledger/transfer.ts';

/** What differs of two things, as it may be logged. */
export interface Comparison {
  readonly expected: string;
  readonly found: string;
}

/** Compares counters, one missing being all zero; null when they are equal. */
export function compareCounters(
  expected: Counters = zeroCounters,
  found: Counters = zeroCounters,
): Comparison | null {
  return compareFields(
    Object.fromEntries(Object.entries(counterNames).map(([key, name]) => [name, key])),
    (key) => [expected[key as keyof Counters], found[key as keyof Counters]],
  );
}

/** True when the JSON of both is the same, in whatever order their members are. */
export function isSame(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) {
    return Object.is(a, b);
  }
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return (
    Array.isArray(a) === Array.isArray(b) && [...names].every((name) => isSame(a[name], b[name]))
  );
}

/**
 * Compares two objects member by member; null when they are the same. Of what differs it shows
 * numbers, and texts that are ours: never what a customer wrote.
 */
export function compareObjects(expected: object, found: object): Comparison | null {
  const [a, b] = [flat(expected), flat(found)];
  const names = Object.fromEntries(
    [...Object.keys(a), ...Object.keys(b)].map((name) => [name, name]),
  );
  return compareFields(names, (name) => [a[name], b[name]]);
}

function compareFields(
  names: Readonly<Record<string, string>>,
  valuesOf: (key: string) => readonly [unknown, unknown],
): Comparison | null {
  const differing = Object.entries(names)
    .map(([name, key]) => ({ name, values: valuesOf(key) }))
    .filter(({ values: [a, b] }) => !isSame(a, b));
  const shownAt = (side: 0 | 1) =>
    differing.map(({ name, values }) => `${name} ${shown(name, values[side])}`).join(', ');
  return differing.length === 0 ? null : { expected: shownAt(0), found: shownAt(1) };
}

/** An event's `data`, and the payment in it, are as interesting as the event around them. */
function flat(object: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) =>
      ['data', 'payment', 'payout'].includes(name) && isObject(value)
        ? Object.entries(flat(value)).map(([inner, of]) => [`${name}.${inner}`, of])
        : [[name, value]],
    ),
  );
}

/** Texts of which we are the author. */
const ownTexts =
  /(^|\.)(id|type|kind|posting|status|tenant|currency|subject|time|created|[A-Za-z]+(Account|Id)|[a-z_]+_id)$/;

function shown(name: string, value: unknown): string {
  if (isObject(value)) {
    return Array.isArray(value) ? `of ${value.length}` : 'other members';
  }
  if (typeof value === 'string') {
    return ownTexts.test(name) ? value : 'another text';
  }
  return value === undefined ? 'missing' : String(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A transfer in a line: `posted EUR 290 merchant_payable -> fee_revenue`. */
export function describeTransfer(transfer: Transfer): string {
  const { kind, currency, amountMinor, debitAccount, creditAccount } = transfer;
  return `${kind} ${currency} ${amountMinor} ${debitAccount} -> ${creditAccount}`;
}
