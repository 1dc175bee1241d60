/**
 * True when a text is a bank account's number: digits alone, or an IBAN (ISO 13616) whose check
 * digits are right (ISO 7064, MOD 97-10), with whatever stands between its characters. An IBAN has
 * one case, so one random token in millions is taken for it.
 */
export function looksLikeAccountNumber(text: string): boolean {
  const characters = text.replace(/[^A-Za-z0-9]/g, '');
  const isOfOneCase =
    characters === characters.toUpperCase() || characters === characters.toLowerCase();
  return (
    /^\d+$/.test(characters) ||
    (isOfOneCase &&
      /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/i.test(characters) &&
      remainderOf97(characters.slice(4) + characters.slice(0, 4)) === 1)
  );
}

/** Of the number that an IBAN stands for: A is 10, Z is 35. */
function remainderOf97(characters: string): number {
  let remainder = 0;
  for (const character of characters) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder;
}
