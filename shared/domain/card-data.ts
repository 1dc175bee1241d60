import { maxAmountMinor } from './money/currency.ts';

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

/**
 * An id in hex with a letter in it: a UUID, or a hash of 96 to 512 bits. One UUID in eight hundred
 * has digits side by side that pass the Luhn test; of hashes, one SHA-256 in six hundred.
 */
const hexId =
  /(?<![A-Za-z0-9])(?:(?=[0-9-]{0,35}[a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=\d{0,127}[a-f])(?:[0-9a-f]{8}){3,16})(?![A-Za-z0-9])/gi;

/** A space or a dash, of whatever width. */
const plainSeparator = /^[\p{Zs}\p{Pd}\u2212]$/u;

/** One or two of what people, forms and spreadsheets put between digits, some of it invisible. */
const separators = /^[\s\p{Pd}\u2212\p{Cf}./_]{1,2}$/u;

/** No two characters are longer. */
const maxSeparatorUnits = 4;

/** Source: ISO/IEC 7812-1. */
const maxDigits = 19;

/** By how a number is written: plainly, with other separators, or with a letter next to it. */
const minDigits = {
  plain: 12,
  /** One more than an IPv4 address can have. */
  separated: 13,
  /** As the shortest of the networks that most cards are of. */
  lettered: 15,
} as const;

/** Digits side by side, and what parts them from the group before them. */
interface Group {
  readonly digits: string;
  readonly separator: 'none' | 'plain' | 'other';
  readonly isAfterLetter: boolean;
}

/**
 * True when a text holds what looks like a card number: 12 to 19 digits that pass the Luhn test,
 * with single spaces or dashes between them. With one or two separators of any kind they have to be
 * 13, and 15 with a letter next to them, so that addresses, ids and tokens pass. Every run of whole
 * groups counts, so that a number with an expiry behind it is found; those of a UUID or a hash do
 * not.
 *
 * Each group is looked at with the 18 before it at most, so the time grows with the text alone.
 */
export function looksLikeCardNumber(text: string): boolean {
  const plain = text.replace(hexId, 'id');
  const groups: Group[] = [];
  let end = 0;
  for (const { 0: digits, index } of plain.matchAll(/\d+/g)) {
    groups.push({
      digits,
      separator: separatorOf(plain, end, index),
      isAfterLetter: isLetter(plain[index - 1]),
    });
    if (groups.length > maxDigits) {
      groups.shift();
    }
    end = index + digits.length;
    if (endsInCardNumber(groups, isLetter(plain[end]))) {
      return true;
    }
  }
  return false;
}

/** True when the last groups, from any one on, are a card number. */
function endsInCardNumber(groups: readonly Group[], isBeforeLetter: boolean): boolean {
  let digits = '';
  let least: number = isBeforeLetter ? minDigits.lettered : minDigits.plain;
  for (let from = groups.length - 1; from >= 0; from--) {
    const group = groups[from] as Group;
    if (digits.length + group.digits.length > maxDigits) {
      return false;
    }
    digits = group.digits + digits;
    const leastHere = group.isAfterLetter ? minDigits.lettered : least;
    if (digits.length >= leastHere && passesLuhn(digits)) {
      return true;
    }
    if (group.separator === 'none') {
      return false;
    }
    if (group.separator === 'other') {
      least = Math.max(least, minDigits.separated);
    }
  }
  return false;
}

function separatorOf(text: string, from: number, to: number): Group['separator'] {
  const between = to - from <= maxSeparatorUnits ? text.slice(from, to) : '';
  if (plainSeparator.test(between)) {
    return 'plain';
  }
  return separators.test(between) ? 'other' : 'none';
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z]/.test(character);
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
