import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedId as nodes } from '../../../shared/domain/derived-id.ts';
import { derivedId } from './derived-id.ts';
import { sha256 } from './sha256.ts';

describe('what stands in for Node in a browser', () => {
  it('makes the digests that Node makes, whatever the length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const expected = createHash('sha256').update(bytes).digest('hex');
        expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(expected);
      }),
    );
  });

  it('makes the ids that the domain makes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (parts) => {
        expect(derivedId(...parts)).toBe(nodes(...parts));
      }),
    );
  });
});
