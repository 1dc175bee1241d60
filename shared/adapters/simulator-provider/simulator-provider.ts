import type {
  SimulatorChargeBody,
  SimulatorChargeResource,
  SimulatorErrorCode,
} from '../../contracts/simulator.ts';
import type {
  ChargeOutcome,
  ChargeRequest,
  Provider,
  ReversalOutcome,
  ReversalRequest,
} from '../../ports/provider.ts';
import { type PostRequest, post } from './exchange.ts';
import { chargeRejections, outcomeOf, reversalRejections } from './outcome.ts';

export interface SimulatorProviderOptions {
  /** Where the simulator's API is, with its stage; a slash at the end makes no difference. */
  readonly baseUrl: string;
  /** From sending until the last byte of the answer. */
  readonly deadlineMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * The PSP simulator as a provider, over HTTP. Each call is sent once: trying again is the saga
 * table's business, and safe there because the operation id makes a repeated call the same call.
 *
 * @throws Error at start-up when `baseUrl` is no URL
 */
export function simulatorProvider({
  baseUrl,
  deadlineMs = 5_000,
  fetch = globalThis.fetch,
}: SimulatorProviderOptions): Provider {
  const root = new URL(baseUrl).href.replace(/\/+$/, '');
  const send = <Success extends ChargeOutcome | ReversalOutcome>(
    path: string,
    request: Pick<PostRequest, 'idempotencyKey' | 'body'>,
    rejections: readonly SimulatorErrorCode[],
    success: (charge: SimulatorChargeResource) => Success | null,
  ) =>
    post(fetch, { ...request, url: `${root}${path}`, deadlineMs }).then((exchange) =>
      outcomeOf(exchange, rejections, success),
    );
  return {
    name: 'simulator',
    charge: (request) =>
      send<ChargeOutcome>(
        '/charges',
        { idempotencyKey: request.operationId, body: chargeBody(request) },
        chargeRejections,
        (charge) => approvalOf(request, charge),
      ),
    reverse: (request) =>
      send<ReversalOutcome>(
        `/charges/${encodeURIComponent(request.providerReference)}/${request.means}`,
        { idempotencyKey: request.operationId, body: { operation_id: request.operationId } },
        reversalRejections,
        (charge) => reversalOf(request, charge),
      ),
  };
}

function chargeBody(request: ChargeRequest): Record<keyof SimulatorChargeBody, unknown> {
  return {
    operation_id: request.operationId,
    reference: request.reference,
    amount: request.amountMinor,
    currency: request.currency,
    payment_method: request.paymentMethod,
    capture: request.capture,
  };
}

/**
 * An approval, with what the PSP says it approved: that it differs from what was asked is for the
 * caller to see. Null when it is no answer to this request at all.
 */
function approvalOf(
  { reference }: ChargeRequest,
  charge: SimulatorChargeResource,
): ChargeOutcome | null {
  const { id, amount, currency, captured, status } = charge;
  const isThisCharge = charge.reference === reference;
  const isCoherent =
    status === (captured ? 'captured' : 'authorized') &&
    charge.amount_captured === (captured ? amount : 0);
  return isThisCharge && isCoherent
    ? { kind: 'approved', providerReference: id, amountMinor: amount, currency, captured }
    : null;
}

/** A reversal when nothing of the charge is left; null when the answer says anything else. */
function reversalOf(
  { providerReference, means }: ReversalRequest,
  { id, status }: SimulatorChargeResource,
): ReversalOutcome | null {
  const reversed = means === 'void' ? 'voided' : 'refunded';
  return id === providerReference && status === reversed ? { kind: 'reversed' } : null;
}
