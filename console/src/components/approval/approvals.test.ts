import { describe, expect, it } from 'vitest';
import { type Problem, ProblemError } from '../../../../client/src/errors/problem-error.ts';
import { isApprovalMissing } from './approvals.ts';

const aRefusal = (status: number, detail: string, more: object = {}) => {
  const instance = 'urn:paysaga:request:1';
  const body: Problem = { type: 't', title: 't', status, detail, instance, code: 'c', ...more };
  return new ProblemError(body, {
    effect: 'none',
    idempotencyKey: null,
    headers: new Headers(),
    retryAfterMs: null,
  });
};

describe('a refusal', () => {
  it('is for want of an approval when it says so', () => {
    expect(isApprovalMissing(aRefusal(403, 'no', { approval_required: true }))).toBe(true);
    expect(isApprovalMissing(aRefusal(403, 'It needs an approval of another operator.'))).toBe(
      true,
    );
  });

  it('is another one with another status or for another reason', () => {
    expect(isApprovalMissing(aRefusal(403, 'The policies do not permit it.'))).toBe(false);
    expect(isApprovalMissing(aRefusal(409, 'The approval is used up.'))).toBe(false);
    expect(isApprovalMissing(new Error('approval'))).toBe(false);
    expect(isApprovalMissing(null)).toBe(false);
  });
});
