import { maxAmountMinor } from './money.ts';

/** The Luhn check digit test of ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** A UUID with a letter in it. One in eight hundred has digits side by side that pass the Luhn test. */
const uuid =
  /(?<![A-Za-z0-9])(?=[0-9-]{0,35}[a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![A-Za-z0-9])/gi;

/**
 * True when a text holds what looks like a card number: 12 to 19 digits that pass the Luhn test,
 * with single spaces or dashes between them. Digits next to letters do not count, nor those of a
 * UUID, so that ids and tokens pass; every run of whole groups does, so that a number with an expiry
 * behind it is found.
 */
export function looksLikeCardNumber(text: string): boolean {
  for (const [run] of text
    .replace(uuid, 'uuid')
    .matchAll(/(?<![A-Za-z0-9])\d+(?:[ -]\d+)*(?![A-Za-z0-9])/g)) {
    const groups = run.split(/[ -]/);
    for (let from = 0; from < groups.length; from++) {
      let digits = '';
      for (let to = from; to < groups.length && digits.length <= 19; to++) {
        digits += groups[to];
        if (digits.length >= 12 && digits.length <= 19 && passesLuhn(digits)) {
          return true;
        }
      }
    }
  }
  return false;
}

/**
 * The places of a JSON value, as JSON pointers, where a string, a number or a member's name looks
 * like a card number. A name that does so is written as `*`, so that no place echoes it. A number up
 * to the largest amount is an amount: one in ten of 12 digits passes the Luhn test.
 */
export function findCardNumbers(value: unknown, at = ''): string[] {
  if (typeof value === 'number' && value <= maxAmountMinor) {
    return [];
  }
  if (typeof value === 'string' || typeof value === 'number') {
    return looksLikeCardNumber(String(value)) ? [at || '/'] : [];
  }
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) => {
    const named = looksLikeCardNumber(name);
    const place = `${at}/${named ? '*' : name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [...(named ? [place] : []), ...findCardNumbers(member, place)];
  });
}
