import { describe, expect, it } from 'vitest';
import { ApiError, apiErrors, problemOf } from './errors.ts';

describe('an error of the API', () => {
  it('is a problem with its members in a fixed order', () => {
    const error = new ApiError('merchant_reference_taken', 'It is taken.', {
      members: { payment_id: 'p' },
    });
    expect(JSON.stringify(problemOf(error, 'r'))).toBe(
      JSON.stringify({
        type: 'urn:paysaga:problem:merchant_reference_taken',
        title: 'Another payment has this merchant_reference',
        status: 409,
        detail: 'It is taken.',
        instance: 'urn:paysaga:request:r',
        code: 'merchant_reference_taken',
        payment_id: 'p',
      }),
    );
  });

  it('has errors only when places are named', () => {
    const places = [{ path: '/amount', message: 'is wrong' }];
    expect(problemOf(new ApiError('invalid_request', 'No.'), 'r')).not.toHaveProperty('errors');
    expect(
      problemOf(new ApiError('invalid_request', 'No.', { errors: places }), 'r'),
    ).toHaveProperty('errors', places);
  });

  it('has a code in snake case, a status of an error, a title and what to do', () => {
    for (const [code, { status, title, action }] of Object.entries(apiErrors)) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(title).toMatch(/^[A-Z]/);
      expect(action).toMatch(/\.$/);
    }
  });
});
