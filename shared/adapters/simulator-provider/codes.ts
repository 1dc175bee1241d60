import type { SimulatorErrorCode } from '../../contracts/simulator/errors.ts';
import type { InquiryRequest } from '../../ports/provider.ts';
import type { Declines } from '../simulator-client/outcome.ts';

const rejected = 'provider_rejected';
const ofTheRequest = { malformed_json: rejected, invalid_request: rejected };
const rejections = {
  charge: { ...ofTheRequest, unknown_token: rejected },
  capture: {
    ...ofTheRequest,
    not_capturable: rejected,
    authorization_expired: 'authorization_expired',
  },
  void: { ...ofTheRequest, not_voidable: rejected },
  refund: { ...ofTheRequest, not_refundable: rejected },
} as const satisfies Record<InquiryRequest['kind'], Partial<Record<SimulatorErrorCode, string>>>;

const declines = new Set(['insufficient_funds', 'lost_card', 'do_not_honor', 'account_closed']);

/** What the PSP's codes of a "no" are here, by what was asked. */
export function codesOf(kind: InquiryRequest['kind']): Declines {
  return { declines, rejections: rejections[kind] };
}
