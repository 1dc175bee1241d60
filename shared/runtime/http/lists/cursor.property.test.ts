import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../contracts/endpoints.ts';
import { cursorOf, positionOf } from './cursor.ts';

const anything = /^[\s\S]*$/;
const position = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z#[0-9a-f-]{36}$/;
const positions = fc
  .tuple(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), fc.uuid())
  .map(([time, id]) => `${time.toISOString()}#${id}`);

describe('a cursor', () => {
  it('stands for its position, and passes the contract of a query', () => {
    fc.assert(
      fc.property(positions, (at) => {
        const cursor = cursorOf(at) ?? '';
        expect(positionOf(cursor, position)).toBe(at);
        expect(cursor).not.toContain(at.slice(-36));
        expect(endpoints.listPayments.query?.safeParse({ cursor }).success).toBe(true);
      }),
    );
  });

  it('stands for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(positionOf(cursorOf(text) ?? '', anything)).toBe(text);
      }),
    );
  });

  it('is none at the end, and none at the start', () => {
    expect(cursorOf(null)).toBeNull();
    expect(positionOf(undefined, position)).toBeNull();
  });

  it('is refused without being echoed when it is not one of the list', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), (cursor) => {
        fc.pre(!position.test(Buffer.from(cursor, 'base64url').toString()));
        expect(() => positionOf(cursor, position)).toThrow(
          expect.objectContaining({
            code: 'invalid_request',
            detail: 'The cursor is not one of this list.',
            errors: [{ path: '?/cursor', message: 'is not a cursor of this list' }],
          }),
        );
      }),
    );
  });
});
