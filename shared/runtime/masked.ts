import { findCardData, holdsSecret } from '../domain/card-data.ts';

/** What Lambda says of itself: half of its digits are the account's, and one account in ten passes. */
const ofLambda = 'function_arn';

/** Below it are amounts, and times in milliseconds until the year 2286. */
const leastNumber = 10 ** 13;

/**
 * What a log line says in place of a value that looks like card data: the same without its digits. No
 * handler logs a request, so this is for what slips into a message or an error's stack. Of a word with a
 * secret key in it nothing is left.
 */
export function masked(name: string, value: unknown): unknown {
  const mayHold =
    typeof value === 'number' ? Math.abs(value) >= leastNumber : typeof value === 'string';
  if (!mayHold || name === ofLambda || findCardData(value).length === 0) {
    return value;
  }
  return String(value)
    .replace(/\S+/gu, (word) => (holdsSecret(word) ? word.replace(/./gu, '*') : word))
    .replace(/\p{N}/gu, '*');
}
