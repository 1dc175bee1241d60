import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import { ApiError, type ApiErrorDetail } from '../../contracts/errors.ts';
import { findCardNumbers } from '../../domain/card-data.ts';
import type { Headers } from './request.ts';

const maxBodyBytes = 32 * 1024;

/** What stands for a number that is not written as an integer, so that `100.00` is not taken for 100. */
const notAnInteger = Symbol('not an integer');

/**
 * The JSON body of a request, before its schema.
 *
 * @throws ApiError `body_too_large`, `unsupported_media_type`, `malformed_json`,
 *   `card_data_refused`, `invalid_request` for a number with a fraction or an exponent
 */
export function parseBody(event: APIGatewayProxyEvent, headers: Headers): unknown {
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  if (Buffer.byteLength(text) > maxBodyBytes) {
    throw new ApiError('body_too_large', `A body may have ${maxBodyBytes} bytes.`);
  }
  if (!/^application\/json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')) {
    throw new ApiError('unsupported_media_type', 'Content-Type must be application/json.');
  }
  const body = parseJson(text);
  const cards = findCardNumbers(body);
  if (cards.length > 0) {
    throw new ApiError('card_data_refused', 'The body was refused and not stored.', {
      errors: cards.map((path) => ({ path, message: 'looks like a card number' })),
    });
  }
  return body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_name, value, context?: { source?: string }) =>
      typeof value === 'number' && context?.source && !/^-?\d+$/.test(context.source)
        ? notAnInteger
        : value,
    );
  } catch {
    throw new ApiError('malformed_json', 'The body could not be parsed as JSON.');
  }
}

/**
 * A value by its schema.
 *
 * @throws ApiError `invalid_request` with every place that does not validate, never with a value
 */
export function validate<T>(schema: z.ZodMiniType<T>, value: unknown, at: string): T {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  throw new ApiError('invalid_request', 'Some of the request does not validate; see `errors`.', {
    errors: result.error.issues.flatMap((issue) => detailsOf(issue, at)),
  });
}

function detailsOf(issue: z.core.$ZodIssue, at: string): ApiErrorDetail[] {
  const place = at + issue.path.map((part) => `/${escapePointer(String(part))}`).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: `${place}/${escapePointer(key)}`,
      message: 'is not a known field',
    }));
  }
  return [{ path: place || '/', message: issue.message }];
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
