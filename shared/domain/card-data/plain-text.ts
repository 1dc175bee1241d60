/** The first code point of each run of ten decimal digits is found by walking back to it. */
const decimalDigit = /\p{Nd}/u;

/** How far the digits of one script can run on into those of another: five sets of them in Unicode. */
const longestRun = 50;

/** A decimal digit of any script as the ASCII one of its value. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (before < longestRun && decimalDigit.test(String.fromCodePoint(code - before - 1))) {
    before += 1;
  }
  return String(before % 10);
}

/**
 * A text as it reads: with the digits of any script, full-width, circled or raised, as ASCII ones, and
 * its letters in their usual form.
 */
export function asItReads(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is as it reads.
  if (/^[\x00-\x7f]*$/.test(text)) {
    return text;
  }
  return text.normalize('NFKC').replace(/(?![0-9])\p{Nd}/gu, asciiDigit);
}

/** A text as it reads, and as it does without the escapes of a URL, when it has some. */
export function readingsOf(text: string): string[] {
  if (!text.includes('%')) {
    return [asItReads(text)];
  }
  const unescaped = text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
  return (unescaped === text ? [text] : [text, unescaped]).map(asItReads);
}

const day = '(?:0[1-9]|[12]\\d|3[01])';
const month = '(?:0[1-9]|1[0-2])';
const year = '(?:19|20)\\d\\d';
const timeOfDay = '(?:[01]\\d|2[0-3])[0-5]\\d(?:[0-5]\\d(?:\\d{3})?)?';

/**
 * What has as many digits as a card number and is none, each with no digit next to it:
 * - a UUID (RFC 9562), and in its form any with a letter; hashes of the usual lengths with a letter.
 *   One UUID in eight hundred has digits side by side that pass the Luhn test; of hashes, one SHA-256 in
 *   six hundred
 * - a date, with its time of day in digits alone if it has one. No card number is written in groups of
 *   a date's form, and the networks have given out none that begins with 19 or 20
 * - a phone number with its `+`, up to 13 digits, as nearly all have
 */
const harmless = [
  '(?<![a-z0-9])(?:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|(?=[0-9-]{0,35}[a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=\\d{0,127}[a-f])(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{56}|[0-9a-f]{40}|[0-9a-f]{32}|[0-9a-f]{24}))(?![a-z0-9])',
  `(?<!\\d)${year}([-./]?)${month}\\1${day}(?:t?${timeOfDay})?(?!\\d)`,
  `(?<!\\d)(?:${day}([-./])${month}|${month}([-./])${day})(?:\\1|\\2)${year}(?!\\d)`,
  '(?<![a-z0-9])\\+\\(?[1-9](?:[\\s().\\-/]{0,3}\\d){7,12}(?![^\\p{L}\\p{N}]{0,3}\\d)',
].map((pattern) => new RegExp(pattern, 'giu'));

/** The text with a word in place of each id, hash, date and phone number. */
export function withoutHarmless(text: string): string {
  return harmless.reduce((rest, pattern) => rest.replace(pattern, 'id'), text);
}
