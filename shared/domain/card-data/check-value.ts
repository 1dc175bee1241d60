import { asItReads, readingsOf } from './plain-text.ts';

/*
 * The code on a card that is not in its number: CVV2, CVC2, CID, CSC, CVN2, CAV2, by the network. It may
 * never be stored, not even encrypted (PCI DSS 4.0.1, requirement 3.3.1).
 */

/** Most texts and names have none of the words, and need no closer look. */
const aWord = /c[vas][vcnd]|cid|security|verification/i;

/** What means nothing else in a name; the others only as a word of their own. */
const inAnyName =
  /cvv|cvc(?:2|code|number|value|$)|securitycode|cardverif|verificationvalue|cardsecurity/;
const aWordOfIt = new Set(['cvc', 'cvc2', 'cvn', 'cvn2', 'cvd2', 'cav2']);

/** A customer's id, a cost centre, a currency's deviation: of a card only with a value of one. */
const aWordForMore = new Set(['cid', 'csc', 'cav', 'cvd']);

/**
 * True for a member that is by its name for such a code, in any case, with any separators: whatever
 * its value is, and for a name that can mean something else with three or four digits alone.
 */
export function isCheckValueMember(as: string, value: unknown): boolean {
  const name = asItReads(as);
  if (!aWord.test(name.replace(/[^A-Za-z]/g, ''))) {
    return false;
  }
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  if (inAnyName.test(words.join('')) || words.some((word) => aWordOfIt.has(word))) {
    return true;
  }
  return words.some((word) => aWordForMore.has(word)) && (words.includes('card') || isCode(value));
}

/** A list is what a name said twice has in a query. */
function isCode(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.some(isCode);
  }
  return (
    (typeof value === 'string' || typeof value === 'number') &&
    readingsOf(String(value)).some((reading) => /^\s*\d{3,4}\s*$/.test(reading))
  );
}

const named =
  /(?<![\p{L}\p{N}])(?:cvv2?|cvc2?|cvn2?|cvd2?|cav2|(?:card[\s_-]{0,3})?(?:security|verification)[\s_-]{0,3}(?:code|value|number))(?:[\s_-]{0,3}(?:code|number|value|no|is|was)(?!\p{L})){0,3}[^\p{L}\p{N}]{0,6}\d{3,4}(?![\p{L}\p{N}])/iu;

/** These are words for other things as well: they need a sign between. */
const assigned =
  /(?<![\p{L}\p{N}])(?:cid|csc)["'\]\s]{0,4}[:=#]["'[\s]{0,4}\d{3,4}(?![\p{L}\p{N}])/iu;

/** True for a text that says such a code: `cvv: 123`. */
export function saysCheckValue(text: string): boolean {
  return aWord.test(text) && (named.test(text) || assigned.test(text));
}
