/** A book by the two parts of its name. */
interface BookName {
  readonly tenant: string;
  readonly currency: string;
}

/** All of one tenant's books, their days and their chains. */
export function tenantPartition(tenant: string): string {
  return `TENANT#${tenant}`;
}

/** What the sort keys of books begin with. */
export const bookPrefix = 'BOOK#';

export function bookKey({ tenant, currency }: BookName) {
  return { pk: { S: tenantPartition(tenant) }, sk: { S: `${bookPrefix}${currency}` } };
}

/** What the sort keys of a book's days begin with; the day follows, so they sort by it. */
export function dayPrefix(currency: string): string {
  return `DAY#${currency}#`;
}

export function dayKey({ tenant, currency }: BookName, day: string) {
  return { pk: { S: tenantPartition(tenant) }, sk: { S: `${dayPrefix(currency)}${day}` } };
}

/** What the sort keys of a book's links begin with; the number follows, so they sort by it. */
export function chainPrefix(currency: string): string {
  return `CHAIN#${currency}#`;
}

export function chainKey({ tenant, currency }: BookName, number: number) {
  const padded = String(number).padStart(9, '0');
  return { pk: { S: tenantPartition(tenant) }, sk: { S: `${chainPrefix(currency)}${padded}` } };
}
