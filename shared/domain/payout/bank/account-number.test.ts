import { describe, expect, it } from 'vitest';
import { looksLikeAccountNumber } from './account-number.ts';

describe('what looks like an account number', () => {
  // Source of the IBANs: the SWIFT IBAN registry's own examples.
  it.each([
    ['an IBAN', 'DE89370400440532013000'],
    ['an IBAN in small letters', 'de89370400440532013000'],
    ['an IBAN with letters in its number', 'GB29NWBK60161331926819'],
    ['an IBAN of the longest form', 'MT84MALT011000012345MTLCAST001S'],
    ['the shortest IBAN', 'NO9386011117947'],
    ['an IBAN in groups', 'FR14_2004_1010_0505_0001_3M02_606'],
    ['digits alone', '12345678'],
    ['digits in groups', '40_47_84_70872490'],
    ['a short number', '7'],
  ])('is %s', (_name, text) => {
    expect(looksLikeAccountNumber(text)).toBe(true);
  });

  it.each([
    ['an IBAN with a digit wrong', 'DE89370400440532013001'],
    ['an IBAN with two digits exchanged', 'DE89370400440532010300'],
    ['a token of both cases', 'De89370400440532013000'],
    ['a word', 'approve'],
    ['a random token', '1NvqJy2eZvKYlo2Cr3S7dX9a'],
    ['a token in hex', '64f0c1a2b3d4e5f601234567'],
    ['less than an IBAN', 'DE8937040044'],
    ['nothing', ''],
  ])('is not %s', (_name, text) => {
    expect(looksLikeAccountNumber(text)).toBe(false);
  });
});
