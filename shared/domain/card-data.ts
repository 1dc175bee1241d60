import { isCheckValueMember, saysCheckValue } from './card-data/check-value.ts';
import { readingsOf, withoutHarmless } from './card-data/plain-text.ts';
import { holdsSecretKey } from './card-data/secret-key.ts';
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

/** A space or a dash, of whatever width. */
const plainSeparator = /^[\p{Zs}\p{Pd}\u2212]$/u;

/** One or two of what people, forms and spreadsheets put between digits, some of it invisible. */
const otherSeparators = /^[\s\p{Pd}\u2212\p{Cf}\p{M}./_]{1,2}$/u;

/** Whatever else is no letter and no digit. */
const looseSeparators = /^[^\p{L}\p{N}]{1,8}$/u;

/** No eight characters are longer. */
const maxSeparatorUnits = 16;

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

/**
 * How numbers of each length can begin. Up to 14 digits are Maestro's (5, 6), Visa's first (4) and
 * Diners' (3); of longer ones UATP's begin with 1, and none has been given out that begins with 20, as
 * what is numbered by the year does.
 */
const possibleStart = { short: /^[3-6]/, long: /^(?!20)[1-9]/ } as const;
const minLongDigits = 15;

/** The groups that numbers are embossed in; any number may come digit by digit, or in pairs. */
const cardShapes = /^(?:4,4,4,4(?:,3)?|4,6,[45]|1(?:,1){13,18}|2(?:,2){6,8}(?:,1)?)$/;

/** How numbers of the networks begin: Mastercard with 22 to 27 or 5, American Express and JCB with 3. */
const networkStart = /^(?:[3-6]|2[2-7])/;

/** Digits side by side, and what parts them from the group before them. */
interface Group {
  readonly digits: string;
  readonly separator: 'none' | 'plain' | 'other' | 'loose';
  readonly isAfterLetter: boolean;
}

/**
 * True when a text holds what looks like a card number: 12 to 19 digits that pass the Luhn test,
 * with single spaces or dashes between them. With one or two separators of any kind they have to be
 * 13, and 15 with a letter next to them, so that addresses, ids and tokens pass. With up to eight
 * characters of any kind between them they have to begin as the networks' do, and to be in the groups
 * of a card. They always have to begin as some number of their length can; zeros before them, as in a
 * field of fixed width, do not count. Every run of whole groups counts, so that a number with an expiry behind it is found;
 * those of an id, a hash, a date or a phone number do not.
 *
 * Each group is looked at with the 18 before it at most, so the time grows with the text alone.
 *
 * A number passes that is part of a word of hex digits of a hash's length.
 */
export function looksLikeCardNumber(text: string): boolean {
  return readingsOf(text).some(isCardNumberIn);
}

function isCardNumberIn(text: string): boolean {
  if (!hasDigits(text, minDigits.plain)) {
    return false;
  }
  const plain = withoutHarmless(text);
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

/** Most texts have fewer, and need no closer look. */
function hasDigits(text: string, least: number): boolean {
  let digits = 0;
  for (let i = 0; i < text.length && digits < least; i++) {
    const code = text.charCodeAt(i);
    digits += code >= 48 && code <= 57 ? 1 : 0;
  }
  return digits >= least;
}

function isNumberOf(filled: string, least: number): boolean {
  const digits = filled.replace(/^0+/, '');
  const start = digits.length < minLongDigits ? possibleStart.short : possibleStart.long;
  return digits.length >= least && start.test(digits) && passesLuhn(digits);
}

/** True when the last groups, from any one on, are a card number. */
function endsInCardNumber(groups: readonly Group[], isBeforeLetter: boolean): boolean {
  let digits = '';
  let least: number = isBeforeLetter ? minDigits.lettered : minDigits.plain;
  let isLoose = false;
  const lengths: number[] = [];
  for (let from = groups.length - 1; from >= 0; from--) {
    const group = groups[from] as Group;
    if (digits.length + group.digits.length > maxDigits) {
      return false;
    }
    digits = group.digits + digits;
    lengths.unshift(group.digits.length);
    const leastHere = group.isAfterLetter ? minDigits.lettered : least;
    const isPossible = !isLoose || (networkStart.test(digits) && cardShapes.test(lengths.join()));
    if (isPossible && isNumberOf(digits, leastHere)) {
      return true;
    }
    if (group.separator === 'none') {
      return false;
    }
    isLoose ||= group.separator === 'loose';
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
  if (otherSeparators.test(between)) {
    return 'other';
  }
  return looseSeparators.test(between) ? 'loose' : 'none';
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z]/.test(character);
}

/** What is at a place that may be sent nowhere but to a PSP. Never the value. */
export interface CardData {
  /** A JSON pointer. */
  readonly path: string;
  readonly message:
    | 'looks like a card number'
    | 'looks like a card security code'
    | 'looks like a secret key';
}

/** True for a text with a secret key in it, as it reads or behind the escapes of a URL. */
export function holdsSecret(text: string): boolean {
  return readingsOf(text).some(holdsSecretKey);
}

function cardDataIn(text: string): CardData['message'] | null {
  const readings = readingsOf(text);
  if (readings.some(isCardNumberIn)) {
    return 'looks like a card number';
  }
  if (readings.some(saysCheckValue)) {
    return 'looks like a card security code';
  }
  return holdsSecret(text) ? 'looks like a secret key' : null;
}

/**
 * The places of a JSON value, as JSON pointers, where a string, a number or a member's name looks
 * like a card number, says a card's security code or holds a secret key, and those of members that are
 * by their name for such a code: whatever is in them, unless the name can mean something else. A name that is card data itself is written as `*`, so that no place
 * echoes it. A number up to the largest amount is an amount: one in ten of 12 digits passes the Luhn
 * test.
 *
 * @param value JSON; a bigint is a number that has more digits than a number can keep
 */
export function findCardData(value: unknown, at = ''): CardData[] {
  if (typeof value === 'number' && Math.abs(value) <= maxAmountMinor) {
    return [];
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
    const message = cardDataIn(String(value));
    return message === null ? [] : [{ path: at || '/', message }];
  }
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) => {
    const message = cardDataIn(name);
    const path = `${at}/${message ? '*' : name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!message && !Array.isArray(value) && isCheckValueMember(name, member)) {
      return [{ path, message: 'looks like a card security code' }];
    }
    return [...(message ? [{ path, message }] : []), ...findCardData(member, path)];
  });
}
