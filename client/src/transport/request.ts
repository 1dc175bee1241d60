import { type CallOptions, checkIdempotencyKey, type WaitOptions } from '../options.ts';
import type { Operation, Parts } from './operation.ts';

/** A call as it is sent, at each try the same but for who sends it. */
export interface PreparedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly idempotencyKey: string | null;
  /** How long the answer may take beyond what an answer takes. */
  readonly waitMs: number;
  /** Sending it again cannot have a second effect. */
  readonly repeatable: boolean;
  /** Whether it changes nothing. */
  readonly safe: boolean;
}

/**
 * Makes what is sent of a call, once.
 *
 * @throws TypeError for a parameter that cannot be sent
 */
export function prepare(
  operation: Operation,
  { path = {}, query = {}, body }: Parts,
  options: CallOptions & Pick<WaitOptions, 'idempotencyKey' | 'waitSeconds'>,
  { baseUrl, newKey }: { readonly baseUrl: string; readonly newKey: () => string },
): PreparedRequest {
  const idempotencyKey = operation.key
    ? checkIdempotencyKey(options.idempotencyKey ?? newKey())
    : null;
  const { waitSeconds = 0, correlationId } = options;
  const wait = operation.wait && waitSeconds > 0;
  const safe = operation.method === 'GET';
  return {
    url: `${baseUrl}${pathOf(operation.path, path)}${queryOf(query)}`,
    method: operation.method,
    headers: {
      accept: 'application/json, application/problem+json',
      ...(operation.body ? { 'content-type': 'application/json' } : {}),
      ...(idempotencyKey === null ? {} : { 'idempotency-key': idempotencyKey }),
      ...(wait ? { prefer: `wait=${Math.ceil(waitSeconds)}` } : {}),
      ...(correlationId === undefined ? {} : { 'x-correlation-id': correlationId }),
    },
    body: operation.body ? JSON.stringify(body ?? {}) : null,
    idempotencyKey,
    waitMs: wait ? waitSeconds * 1_000 : 0,
    repeatable: safe || idempotencyKey !== null,
    safe,
  };
}

function pathOf(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^}]+)\}/g, (_place, name: string) => {
    const value = values[name];
    // A URL takes dots away, with the name before them: another path than the one that was meant.
    if (typeof value !== 'string' || /^\.{0,2}$/.test(value)) {
      throw new TypeError(`${name} cannot be part of a path`);
    }
    return encodeURIComponent(value);
  });
}

function queryOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const text = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return text === '' ? '' : `?${text}`;
}
