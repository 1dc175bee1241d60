import { ApiError, type ApiErrorDetail } from '../../../shared/contracts/errors.ts';
import type { CreateConversionBody } from '../../../shared/contracts/payouts/conversions.ts';
import {
  type Conversion,
  conversionId,
  makeConversion,
  renderConversion,
} from '../../../shared/domain/conversion.ts';
import {
  ConversionRefused,
  type ExchangeRates,
} from '../../../shared/domain/money/exchange/exchange.ts';
import { money } from '../../../shared/domain/money/money.ts';
import type { ReadLimited } from '../../../shared/ports/ledger.ts';
import type { LoadConversion, WriteConversion } from '../../../shared/ports/payouts/conversions.ts';
import {
  hashOf,
  idempotencyKeyOf,
  refuseOtherRequest,
} from '../../../shared/runtime/http/idempotent/idempotency-key.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { count } from '../../../shared/runtime/observability.ts';

/**
 * Converts available money into another currency:
 * 1. the idempotency key must be usable; it names the conversion: derive its id, and the request's
 *    hash
 * 2. work out by the rates of the day what is bought, if anything is
 * 3. write the conversion with its two transfers, if it is not there and so much is available; one
 *    network call
 * 4. it was there, or it was when the rates were others: the same request gets the first answer
 *    again, another one 422
 * 5. too little is available: 409 with how much there is
 */
export function createConversion(deps: {
  readonly write: WriteConversion;
  readonly load: LoadConversion;
  readonly readLimited: ReadLimited;
  readonly rates: ExchangeRates;
  readonly now: () => string;
}) {
  return async <Q>(request: HttpRequest<CreateConversionBody, Q>): Promise<HttpResponse> => {
    const { tenant, body } = request;
    const id = conversionId(tenant, idempotencyKeyOf(request.headers));
    const requestHash = hashOf(body);
    const sold = money(body.amount, body.from);
    let conversion: Conversion;
    try {
      const command = { id, tenant, requestHash, sold, to: body.to };
      conversion = makeConversion(command, deps.rates, deps.now());
    } catch (error) {
      const known = await deps.load(id);
      if (known) {
        return replay(known, requestHash);
      }
      throw error instanceof ConversionRefused ? refusalOf(error, body, deps.rates) : error;
    }
    const result = await deps.write(conversion);
    switch (result.kind) {
      case 'written':
        return answer(conversion);
      case 'exists':
        return replay(result.conversion, requestHash);
      case 'insufficient_funds': {
        const { availableMinor } = await deps.readLimited(tenant, body.from, 'merchant_available');
        throw new ApiError('insufficient_funds', 'Less is available than is to be sold.', {
          members: { available: Number(availableMinor) },
        });
      }
    }
  };
}

function answer(conversion: Conversion): HttpResponse & { readonly headers: object } {
  return {
    status: 201,
    headers: { Location: `conversions/${conversion.id}` },
    body: renderConversion(conversion),
  };
}

function replay(known: Conversion, requestHash: string): HttpResponse {
  refuseOtherRequest(known.requestHash, requestHash);
  count('IdempotentReplay');
  const first = answer(known);
  return { ...first, headers: { ...first.headers, 'Idempotent-Replayed': 'true' } };
}

/** What cannot be converted is for the client to change: the currency or the amount. */
function refusalOf(
  { code }: ConversionRefused,
  { from, to }: CreateConversionBody,
  { base, rates }: ExchangeRates,
): ApiError {
  const errors: ApiErrorDetail[] =
    code === 'unknown_rate'
      ? Object.entries({ '/from': from, '/to': to })
          .filter(([, currency]) => currency !== base && rates[currency] === undefined)
          .map(([path]) => ({ path, message: 'has no exchange rate here' }))
      : [
          {
            path: '/amount',
            message:
              code === 'amount_too_small'
                ? 'is worth less than a minor unit of `to`'
                : 'is worth more than 10^12 minor units of `to`',
          },
        ];
  return new ApiError('invalid_request', 'Nothing can be bought for this; see `errors`.', {
    errors,
  });
}
