import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { apiEvent } from '../../../test/support/api/api-event.ts';
import { ApiError } from '../../contracts/errors.ts';
import { bodyOf } from './body.ts';
import { Headers } from './request.ts';

/** What a body is read as by a schema that takes anything; else the code of the refusal. */
function read(body: string): unknown {
  const event = {
    ...apiEvent({ method: 'POST', headers: { 'Content-Type': 'application/json' } }),
    body,
  };
  try {
    return bodyOf(z.any(), event, new Headers(event));
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    return error.code;
  }
}

const lists = (depth: number, inside = '1') => '['.repeat(depth) + inside + ']'.repeat(depth);
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('a body', () => {
  it('may be nested 32 deep, and not deeper', () => {
    for (const nested of [lists, objects]) {
      expect(read(nested(32))).toEqual(JSON.parse(nested(32)));
      expect(read(nested(33))).toBe('invalid_request');
      expect(read(nested(2_000))).toBe('invalid_request');
    }
    expect(read('['.repeat(32_000))).toBe('invalid_request');
    expect(read(`{"a": ${lists(20)}, "b": ${lists(31)}}`)).toMatchObject({ b: expect.any(Array) });
    expect(read(`{"a": ${lists(20)}, "b": ${lists(32)}}`)).toBe('invalid_request');
  });

  it('may have brackets in its texts', () => {
    for (const text of ['['.repeat(100), `"${'{'.repeat(100)}`, '\\"[['.repeat(50), '\\']) {
      expect(read(JSON.stringify([text, [text]]))).toEqual([text, [text]]);
    }
    expect(read(lists(32, '"\\\\"'))).not.toBe('invalid_request');
    expect(read(`["\\\\", ${lists(32)}]`)).toBe('invalid_request');
    expect(read(']'.repeat(100) + lists(40))).toBe('malformed_json');
  });

  it('with card data is refused for that as long as it is no deeper', () => {
    const card = `"${'4242'.repeat(4)}"`;
    expect(read(lists(32, card))).toBe('card_data_refused');
    expect(read(lists(33, card))).toBe('invalid_request');
  });
});
