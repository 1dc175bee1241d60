import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import { ApiError, type ApiErrorDetail } from '../../contracts/errors.ts';
import { type CardData, findCardData } from '../../domain/card-data.ts';
import type { Headers } from './request.ts';

const maxBodyBytes = 32 * 1024;

/** What is signed is as long as who signed it likes: a dispute of Stripe carries all of its evidence. */
export const maxRawBodyBytes = 1024 * 1024;

/** Lists and objects in one another. What goes through a body goes as deep, and the stack does not. */
const maxDepth = 32;

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
 *   `invalid_request` for what is nested too deep, `card_data_refused`
 */
function parseBody(event: APIGatewayProxyEvent, headers: Headers): unknown {
  const bytes = rawBodyOf(event);
  if (!/^application\/json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')) {
    throw new ApiError('unsupported_media_type', 'Content-Type must be application/json.');
  }
  refuseDeep(bytes);
  const body = parseJson(bytes);
  refuseCardData(body);
  return body;
}

/**
 * The bytes of a body, as they were sent.
 *
 * @throws ApiError `body_too_large`
 */
export function rawBodyOf(event: APIGatewayProxyEvent, mostBytes = maxBodyBytes): Buffer {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > mostBytes) {
    throw new ApiError('body_too_large', `A body may have ${mostBytes} bytes.`);
  }
  return bytes;
}

/** @throws ApiError `card_data_refused` with every place that looks like card data */
export function refuseCardData(value: unknown, at = ''): void {
  refusePlaces(findCardData(value, at));
}

/** @throws ApiError `card_data_refused` when there is a place */
export function refusePlaces(places: readonly CardData[]): void {
  if (places.length > 0) {
    throw new ApiError('card_data_refused', 'The request was refused and not stored.', {
      errors: places,
    });
  }
}

/**
 * Looks at the brackets alone, before anything recursive does: those in texts are none.
 *
 * @throws ApiError `invalid_request`
 */
function refuseDeep(bytes: Buffer): void {
  let depth = 0;
  let isInText = false;
  for (let i = 0; i < bytes.length; i++) {
    const sign = String.fromCharCode(bytes[i] as number);
    if (isInText && sign === '\\') {
      i += 1;
    } else if (sign === '"') {
      isInText = !isInText;
    } else if (!isInText) {
      depth += Number('[{'.includes(sign)) - Number(']}'.includes(sign));
    }
    if (depth > maxDepth) {
      throw new ApiError('invalid_request', 'The body is nested too deep.', {
        errors: [{ path: '/', message: `may be nested ${maxDepth} deep` }],
      });
    }
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return JSON.parse(text, (name, value, context?: { source?: string }) =>
      isUsable(value, context?.source) && name.isWellFormed()
        ? inFull(value, context?.source)
        : unusable,
    );
  } catch {
    throw new ApiError('malformed_json', 'The body could not be parsed as JSON.');
  }
}

/** An integer with all its digits, where a number would lose some: no schema takes a bigint. */
function inFull(value: unknown, source: string | undefined): unknown {
  return typeof value === 'number' && source !== undefined && !Number.isSafeInteger(value)
    ? BigInt(source)
    : value;
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
