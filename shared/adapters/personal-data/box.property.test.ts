import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerOf, PersonalData } from '../../domain/personal-data/personal-data.ts';
import { BoxDoesNotOpen, nonceBytes, open, seal } from './box.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const text = (maxLength: number) => fc.string({ unit: 'grapheme', minLength: 1, maxLength });
const data: fc.Arbitrary<PersonalData> = fc.record({
  name: fc.option(text(200)),
  email: fc.option(fc.emailAddress()),
});
const whose: fc.Arbitrary<CustomerOf> = fc.record({ tenant: text(10), id: text(10) });
const key = fc.record({ keyId: fc.uuid(), plain: bytes(32) });
const nonce = bytes(nonceBytes);

describe('a box', () => {
  it('opens for whose it is, with its key, to what was put in', () => {
    fc.assert(
      fc.property(whose, key, data, nonce, (of, under, what, once) => {
        expect(open(of, under, seal(of, under, what, once))).toEqual(what);
      }),
    );
  });

  it('opens for nobody else, and with no other key', () => {
    fc.assert(
      fc.property(whose, key, data, nonce, whose, key, (of, under, what, once, other, another) => {
        const sealed = seal(of, under, what, once);
        const isOther = other.tenant !== of.tenant || other.id !== of.id;
        const tries = [
          ...(isOther ? [() => open(other, under, sealed)] : []),
          () => open({ tenant: of.id, id: of.tenant }, { ...under, keyId: another.keyId }, sealed),
          () => open(of, { ...under, keyId: another.keyId }, sealed),
          () => open(of, { ...under, plain: another.plain }, sealed),
        ];
        for (const attempt of tries) {
          expect(attempt).toThrow(BoxDoesNotOpen);
        }
      }),
    );
  });

  it('keeps two customers apart whose names put together are the same', () => {
    const under = { keyId: 'k', plain: new Uint8Array(32) };
    const sealed = seal(
      { tenant: 'ab', id: 'c' },
      under,
      { name: 'Ada', email: null },
      new Uint8Array(12),
    );
    expect(() => open({ tenant: 'a', id: 'bc' }, under, sealed)).toThrow(BoxDoesNotOpen);
  });

  it('opens no more after any change to it, and does not say what was in it', () => {
    fc.assert(
      fc.property(whose, key, nonce, fc.nat(), fc.integer({ min: 1, max: 255 }), (...given) => {
        const [of, under, once, place, flip] = given;
        const sealed = seal(of, under, { name: 'Ada Byron', email: null }, once);
        const changed = Buffer.from(sealed.box, 'base64url');
        const at = place % changed.length;
        changed[at] = (changed[at] ?? 0) ^ flip;
        const tries = [changed, changed.subarray(0, 20), Buffer.alloc(0)];
        for (const box of tries) {
          const attempt = () => open(of, under, { box: box.toString('base64url') });
          expect(attempt).toThrow('a box does not open with the key that it names');
        }
      }),
    );
  });

  it('shows neither what is in it nor, beyond blocks of 64 bytes, how much', () => {
    fc.assert(
      fc.property(whose, key, data, nonce, (of, under, what, once) => {
        const sealed = seal(of, under, what, once);
        const plain = Buffer.from(sealed.box, 'base64url');
        for (const value of [what.name, what.email]) {
          if (value && value.length > 8) {
            expect(plain.includes(value) || JSON.stringify(sealed).includes(value)).toBe(false);
          }
        }
        expect((plain.length - nonceBytes - 16) % 64).toBe(0);
      }),
    );
  });
});

describe('the digest', () => {
  it('is the same for the same data of a customer under a key, whatever the nonce', () => {
    fc.assert(
      fc.property(whose, key, data, nonce, nonce, (of, under, what, one, other) => {
        const [a, b] = [seal(of, under, what, one), seal(of, under, what, other)];
        expect(a.digest).toBe(b.digest);
        expect(a.box === b.box).toBe(Buffer.from(one).equals(other));
      }),
    );
  });

  it('is another for other data, another customer, another key', () => {
    fc.assert(
      fc.property(whose, key, data, nonce, data, key, (of, under, what, once, other, another) => {
        const { digest } = seal(of, under, what, once);
        const isOther = other.name !== what.name || other.email !== what.email;
        expect(seal(of, under, other, once).digest !== digest).toBe(isOther);
        expect(seal({ ...of, id: `${of.id}_` }, under, what, once).digest).not.toBe(digest);
        expect(seal(of, { ...under, plain: another.plain }, what, once).digest).not.toBe(digest);
      }),
    );
  });
});
