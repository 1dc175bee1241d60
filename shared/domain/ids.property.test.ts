import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaymentId } from '../contracts/payment.ts';
import { derivedId, operationId, paymentId, transferId } from './ids.ts';

const part = fc.string({ unit: 'grapheme' });
const parts = fc.array(part, { maxLength: 5 });
const uuidV8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('a derived id', () => {
  it('is a UUIDv8 that the contracts take, the same one for the same parts', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const id = derivedId(...given);
        expect(id).toMatch(uuidV8);
        expect(PaymentId.safeParse(id).success).toBe(true);
        expect(derivedId(...given)).toBe(id);
      }),
    );
  });

  it('differs when any part does, and when the same text is parted elsewhere', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(derivedId(...one) === derivedId(...other)).toBe(
          JSON.stringify(one) === JSON.stringify(other),
        );
      }),
    );
    fc.assert(
      fc.property(part, fc.nat(), fc.nat(), (text, a, b) => {
        const [i, j] = [a % (text.length + 1), b % (text.length + 1)];
        fc.pre(i !== j);
        expect(derivedId(text.slice(0, i), text.slice(i))).not.toBe(
          derivedId(text.slice(0, j), text.slice(j)),
        );
      }),
    );
  });

  it('does not take a part that looks like a length for one', () => {
    expect(derivedId('1:a')).not.toBe(derivedId('a'));
    expect(derivedId('a', '1:b')).not.toBe(derivedId('a1:b'));
    expect(derivedId('', 'a')).not.toBe(derivedId('a', ''));
    expect(derivedId()).not.toBe(derivedId(''));
  });

  it('is never that of another kind of thing', () => {
    fc.assert(
      fc.property(part, part, (a, b) => {
        const ids = [
          paymentId(a, b),
          transferId(a, b),
          operationId(a, 'charge'),
          operationId(a, 'reverse'),
        ];
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('stays what it is in every release: ids are stored', () => {
    expect(paymentId('acme', 'key-1')).toBe('4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd');
    expect(operationId('p', 'charge')).toBe('004ec443-dd39-88d4-839b-7d0e6b35b097');
    expect(transferId('p', 'authorized')).toBe('711db21d-44e5-8b6b-a6a8-8c425f05c33d');
  });
});
