import { describe, expect, it } from 'vitest';
import { apiErrors } from '../../shared/contracts/errors.ts';
import { problems } from '../src/generated/problems.ts';
import { isProblem, type ProblemCode, ProblemError, UnexpectedAnswerError } from '../src/index.ts';
import { leastBody, problem, scripted } from './support/scripted.ts';

const members: Readonly<Record<string, Record<string, unknown>>> = {
  amount_too_large: { available: 700 },
  insufficient_funds: { available: 0 },
  invalid_state: { state: 'captured', allowed: ['refund'] },
  merchant_reference_taken: { payment_id: '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd' },
  too_many_operations: { most: 100 },
  too_many_webhook_endpoints: { most: 20 },
  version_not_reached: { version: 3 },
};

/** What a payment is refused with. */
async function refusedWith(answer: Response): Promise<unknown> {
  const { client: paysaga, failure } = scripted([answer], { maxRetries: 0 });
  return failure(paysaga.payments.create(leastBody, { idempotencyKey: 'order-1' }));
}

const codes = Object.keys(apiErrors) as ProblemCode[];

describe.each(codes)('%s', (code) => {
  const { status } = apiErrors[code];
  const name = code.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const className = name.endsWith('Error') ? name : `${name}Error`;

  it('has a class of its own, with what its answer says', async () => {
    const error = await refusedWith(problem(code, status, members[code]));
    expect(error).toBeInstanceOf(problems[code]);
    expect(error).toBeInstanceOf(ProblemError);
    expect(isProblem(error, code)).toBe(true);
    expect(codes.filter((other) => isProblem(error, other))).toEqual([code]);
    expect(error).toMatchObject({
      name: className,
      message: `${code}: What happened here.`,
      code,
      status,
      instance: 'urn:paysaga:request:request-1',
      requestId: 'request-1',
      idempotencyKey: 'order-1',
      errors: [],
    });
  });
});

describe('what a problem has of its own', () => {
  it('comes by its name in TypeScript', async () => {
    const of = (code: ProblemCode) =>
      refusedWith(problem(code, apiErrors[code].status, members[code]));
    expect(await of('invalid_state')).toMatchObject({ state: 'captured', allowed: ['refund'] });
    expect(await of('merchant_reference_taken')).toMatchObject({
      paymentId: '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd',
    });
    expect(await of('amount_too_large')).toMatchObject({ available: 700 });
    expect(await of('version_not_reached')).toMatchObject({ version: 3 });
    expect(await of('too_many_operations')).toMatchObject({ most: 100 });
  });

  it('is typed by its code', async () => {
    const error = await refusedWith(problem('amount_too_large', 409, { available: 700 }));
    const available: number = isProblem(error, 'amount_too_large') ? error.available : -1;
    expect(available).toBe(700);
  });

  it('is not promised where the answer does not have it', async () => {
    for (const broken of [{}, { state: 1, allowed: [] }, { state: 'failed', allowed: 'refund' }]) {
      const error = await refusedWith(problem('invalid_state', 409, broken));
      expect(isProblem(error, 'invalid_state')).toBe(false);
      expect(error).toMatchObject({ name: 'ProblemError', code: 'invalid_state', status: 409 });
    }
  });

  it('says where a request does not validate', async () => {
    const errors = [{ path: '/amount', message: 'must be an integer' }];
    expect(await refusedWith(problem('invalid_request', 400, { errors }))).toMatchObject({
      errors,
    });
  });

  it('says how long to wait, if the answer does', async () => {
    const headers = { 'retry-after': '3' };
    expect(await refusedWith(problem('too_many_requests', 429, {}, headers))).toMatchObject({
      retryAfterMs: 3_000,
    });
    expect(await refusedWith(problem('too_many_requests', 429))).toMatchObject({
      retryAfterMs: null,
    });
  });
});

describe('an answer of something newer, or of something else', () => {
  it('is the general problem when its code is not known', async () => {
    for (const code of ['made_up_later', 'constructor', '__proto__']) {
      const error = await refusedWith(problem(code, 418, { colour: 'blue' }));
      expect(error).toMatchObject({ name: 'ProblemError', code, status: 418 });
      expect((error as ProblemError).problem.colour).toBe('blue');
    }
  });

  it.each([
    ['a page of a proxy', new Response('<html>', { status: 502 })],
    ['an answer of API Gateway itself', Response.json({ message: 'Forbidden' }, { status: 403 })],
    ['nothing', new Response(null, { status: 404 })],
    ['null', Response.json(null, { status: 400 })],
  ])('is no problem when it has not the form of one: %s', async (_name, answer) => {
    const error = await refusedWith(answer);
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error).toMatchObject({ status: answer.status });
  });
});
