import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ourId } from '../../contracts/endpoints/path.ts';
import { ApiError } from '../../contracts/errors.ts';
import { findCardData } from '../../domain/card-data.ts';
import type { Payment } from '../../domain/payment/state.ts';
import type { Principal } from '../../ports/access/access.ts';
import type { LoadPayment } from '../../ports/payments.ts';
import type { Permit } from './entry/access.ts';

/** A request as a use case sees it: authenticated, parsed and validated. */
export interface HttpRequest<Body = undefined, Query = undefined> {
  readonly principal: Principal;
  /** The principal's; for a read of an operator's, the one that it names. */
  readonly tenant: string;
  /** Asks the policies about the resource, where more of it is known than the request says. */
  readonly permit: Permit;
  readonly correlationId: string;
  readonly requestId: string;
  /** Since the gateway has had the request, in ms: a cold start is in it. */
  readonly latencyMs: () => number;
  readonly headers: Headers;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
}

/** An answer: `body` is written as JSON, or as it is when it is text already. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Header values by lower-case name; API Gateway keeps a repeated header's values apart. */
export class Headers {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(event: Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>) {
    this.#values = new Map([
      ...byLowerCaseName(event.headers),
      ...byLowerCaseName(event.multiValueHeaders),
    ]);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** The last value, as API Gateway's single-value form has it. */
  get(name: string): string | undefined {
    return this.all(name).at(-1);
  }
}

/** `Prefer` and `prefer` are one header that came twice. */
function byLowerCaseName(
  headers: Readonly<Record<string, string | readonly string[] | undefined>> | null,
): Map<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(headers ?? {})) {
    const key = name.toLowerCase();
    values.set(key, [...(values.get(key) ?? []), ...(value === undefined ? [] : [value].flat())]);
  }
  return values;
}

/**
 * The id that joins everything one request leads to: the client's `X-Correlation-Id` when it is
 * 1 to 64 characters of a usual id, and nothing that may not be kept, else API Gateway's request id.
 */
export function correlationIdOf(headers: Headers, requestId: string): string {
  const given = headers.get('x-correlation-id');
  return given && /^[A-Za-z0-9._:-]{1,64}$/.test(given) && findCardData(given).length === 0
    ? given
    : requestId;
}

/**
 * The `payment_id` of the path.
 *
 * @throws ApiError `not_found` when it has not the form of a payment's id: there can be none by it
 */
export function paymentIdOf({ path }: Pick<HttpRequest, 'path'>): string {
  const id = path.payment_id ?? '';
  if (!ourId.test(id)) {
    throw noSuchPayment();
  }
  return id;
}

/**
 * The payment of the path, when it is the tenant's own.
 *
 * @throws ApiError `not_found`
 */
export async function loadPaymentOf(
  load: LoadPayment,
  request: Pick<HttpRequest, 'path' | 'tenant'>,
): Promise<Payment> {
  const payment = await load(paymentIdOf(request));
  if (!payment || payment.tenant !== request.tenant) {
    throw noSuchPayment();
  }
  return payment;
}

/** The answer to an id of nobody and to an id of somebody else: the same, to the letter. */
export function noSuchPayment(): ApiError {
  return new ApiError('not_found', 'There is no payment with this id.');
}

/** The answer to a request that others came before at each try: nothing of it was written. */
export function notNow(): ApiError {
  return new ApiError(
    'temporarily_unavailable',
    'Others came first at each try. Nothing was done.',
  );
}
