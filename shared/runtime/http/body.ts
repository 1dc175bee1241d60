import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import { ApiError, type ApiErrorDetail } from '../../contracts/errors.ts';
import { findCardNumbers } from '../../domain/card-data.ts';
import type { Headers } from './request.ts';

const maxBodyBytes = 32 * 1024;

/**
 * What stands for a value that no schema may take: a number that is not written as an integer, so
 * that `100.00` is not taken for 100, and a text with half a surrogate pair, which no UTF-8 can hold.
 */
const unusable = Symbol('unusable');

/**
 * The body of a request by its schema. A body that is absent altogether, with or without a content
 * type, is the default of a schema that has one.
 *
 * @throws ApiError what `parseBody` and `validate` throw
 */
export function bodyOf<T>(
  schema: z.ZodMiniType<T>,
  event: APIGatewayProxyEvent,
  headers: Headers,
): T {
  const absent = event.body ? null : schema.safeParse(undefined);
  return absent?.success ? absent.data : validate(schema, parseBody(event, headers), '');
}

/**
 * The JSON body of a request, before its schema.
 *
 * @throws ApiError `body_too_large`, `unsupported_media_type`, `malformed_json`,
 *   `card_data_refused`
 */
function parseBody(event: APIGatewayProxyEvent, headers: Headers): unknown {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBodyBytes) {
    throw new ApiError('body_too_large', `A body may have ${maxBodyBytes} bytes.`);
  }
  if (!/^application\/json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')) {
    throw new ApiError('unsupported_media_type', 'Content-Type must be application/json.');
  }
  const body = parseJson(bytes);
  refuseCardNumbers(body, '');
  return body;
}

/** @throws ApiError `card_data_refused` with every place that looks like a card number */
export function refuseCardNumbers(value: unknown, at: string): void {
  const places = findCardNumbers(value, at);
  if (places.length > 0) {
    throw new ApiError('card_data_refused', 'The request was refused and not stored.', {
      errors: places.map((path) => ({ path, message: 'looks like a card number' })),
    });
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return JSON.parse(text, (name, value, context?: { source?: string }) =>
      isUsable(value, context?.source) && name.isWellFormed() ? value : unusable,
    );
  } catch {
    throw new ApiError('malformed_json', 'The body could not be parsed as JSON.');
  }
}

function isUsable(value: unknown, source: string | undefined): boolean {
  if (typeof value === 'number') {
    return source === undefined || /^-?\d+$/.test(source);
  }
  return typeof value !== 'string' || value.isWellFormed();
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
    errors: unique(result.error.issues.flatMap((issue) => detailsOf(issue, at))),
  });
}

/** A value that breaks two rules with one message is named once. */
function unique(details: readonly ApiErrorDetail[]): ApiErrorDetail[] {
  return [...new Map(details.map((detail) => [JSON.stringify(detail), detail])).values()];
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
