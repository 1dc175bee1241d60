import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CreatePayment, type CreatePaymentBody } from '../../../shared/contracts/payment.ts';
import { currencies, maxAmountMinor } from '../../../shared/domain/money/currency.ts';
import { hashOf } from '../../../shared/runtime/http/idempotent/idempotency-key.ts';

/** Refused as a name in metadata: JSON.parse and objects do not agree on it. */
const unusable = '__proto__';

const text = (lengths: { minLength?: number; maxLength: number }) =>
  fc
    .string({ unit: 'grapheme', ...lengths })
    .filter((value) => value.length <= lengths.maxLength && value !== unusable);

const bodies: fc.Arbitrary<CreatePaymentBody> = fc.record({
  amount: fc.integer({ min: 1, max: maxAmountMinor }),
  currency: fc.constantFrom(...currencies),
  payment_method: fc.constantFrom('tok_approve', 'tok_slow'),
  capture_method: fc.constantFrom('automatic', 'manual'),
  merchant_reference: fc.option(text({ minLength: 1, maxLength: 64 })),
  customer: fc.constant(null),
  metadata: fc
    .dictionary(text({ minLength: 1, maxLength: 40 }), text({ maxLength: 200 }), { maxKeys: 20 })
    .map((entries) => ({ ...entries })),
});

/** The same members in the order that the seeds give. */
function reordered<T extends object>(value: T, seeds: readonly number[]): T {
  return Object.fromEntries(
    Object.entries(value)
      .map((entry, index) => ({ entry, seed: seeds[index] ?? index }))
      .sort((a, b) => a.seed - b.seed)
      .map(({ entry }) => entry),
  ) as T;
}

const seeds = fc.array(fc.nat(), { minLength: 20, maxLength: 20 });

describe('the hash of a request', () => {
  it('does not hang on the order of members, on white space, or on defaults that are spelled out', () => {
    fc.assert(
      fc.property(bodies, seeds, seeds, fc.nat(8), (body, outer, inner, indent) => {
        const other = { ...reordered(body, outer), metadata: reordered(body.metadata, inner) };
        const { capture_method, merchant_reference, metadata, ...least } = other;
        const sent = {
          ...(capture_method === 'automatic' ? {} : { capture_method }),
          ...(merchant_reference === null ? {} : { merchant_reference }),
          ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
          ...least,
        };
        const read = CreatePayment.parse(JSON.parse(JSON.stringify(sent, null, indent)));
        expect(hashOf(read)).toBe(hashOf(body));
      }),
    );
  });

  it('differs as soon as anything does', () => {
    fc.assert(
      fc.property(bodies, bodies, (one, other) => {
        const same =
          JSON.stringify({ ...one, metadata: Object.entries(one.metadata).sort() }) ===
          JSON.stringify({ ...other, metadata: Object.entries(other.metadata).sort() });
        expect(hashOf(one) === hashOf(other)).toBe(same);
      }),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const changes: Partial<CreatePaymentBody>[] = [
          { amount: body.amount === 1 ? 2 : body.amount - 1 },
          { currency: body.currency === 'EUR' ? 'USD' : 'EUR' },
          { payment_method: `${body.payment_method}_` },
          { capture_method: body.capture_method === 'manual' ? 'automatic' : 'manual' },
          { merchant_reference: body.merchant_reference === null ? 'null' : null },
          { metadata: { ...body.metadata, '': '' } },
        ];
        for (const change of changes) {
          expect(hashOf({ ...body, ...change })).not.toBe(hashOf(body));
        }
      }),
    );
  });

  it('stays what it is in every release: it is stored', () => {
    const canonical =
      '{"amount":1,"capture_method":"automatic","currency":"EUR","merchant_reference":null,' +
      '"metadata":{"a":"","b":"€"},"payment_method":"tok_approve"}';
    const { b, a } = { b: '€', a: '' };
    expect(hashOf({ ...JSON.parse(canonical), metadata: { b, a } })).toBe(
      createHash('sha256').update(canonical, 'utf8').digest('hex'),
    );
  });
});
