import {
  SimulatorChargeAnswer,
  type SimulatorChargeAnswerResource,
  type SimulatorChargeBody,
} from '../../contracts/simulator/charges.ts';
import type { SimulatorErrorCode } from '../../contracts/simulator/errors.ts';
import type {
  CaptureRequest,
  ChargeOutcome,
  ChargeRequest,
  OperationOutcome,
  Provider,
  RefundRequest,
  VoidRequest,
} from '../../ports/provider.ts';
import { type SimulatorClientOptions, simulatorClient } from '../simulator-client/client.ts';
import type { Reading } from '../simulator-client/outcome.ts';
import { isCoherent, openMinor, refundableMinor } from './answer.ts';

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
} as const satisfies Record<string, Partial<Record<SimulatorErrorCode, string>>>;

const common = {
  noun: 'charge',
  schema: SimulatorChargeAnswer,
  declines: new Set(['insufficient_funds', 'lost_card', 'do_not_honor', 'account_closed']),
} as const;

/** The PSP simulator as a provider, over HTTP. */
export function simulatorProvider(options: SimulatorClientOptions): Provider {
  const send = simulatorClient(options);
  const change = (
    operation: 'capture' | 'void' | 'refund',
    { operationId, providerReference }: VoidRequest,
    body: Readonly<Record<string, unknown>>,
    isDone: (answer: SimulatorChargeAnswerResource) => boolean,
  ): Promise<OperationOutcome> => {
    const reading: Reading<SimulatorChargeAnswerResource, { readonly kind: 'done' }> = {
      ...common,
      rejections: rejections[operation],
      success: (answer) =>
        answer.id === providerReference &&
        answer.operation.id === operationId &&
        answer.operation.type === operation &&
        isCoherent(answer) &&
        isDone(answer)
          ? { kind: 'done' }
          : null,
    };
    const path = `/charges/${encodeURIComponent(providerReference)}/${operation}`;
    const request = { idempotencyKey: operationId, body: { operation_id: operationId, ...body } };
    return send(path, request, reading);
  };
  return {
    name: 'simulator',
    charge: (request) =>
      send(
        '/charges',
        { idempotencyKey: request.operationId, body: chargeBody(request) },
        { ...common, rejections: rejections.charge, success: approvalOf(request) },
      ),
    capture: (request) =>
      change(
        'capture',
        request,
        { amount: request.amountMinor, final: request.final },
        isCaptured(request),
      ),
    void: (request) => change('void', request, {}, (answer) => openMinor(answer) === 0),
    refund: (request) =>
      change(
        'refund',
        request,
        request.amountMinor === null ? {} : { amount: request.amountMinor },
        isRefunded(request),
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
function approvalOf({ reference, operationId }: ChargeRequest) {
  return (answer: SimulatorChargeAnswerResource): ChargeOutcome | null => {
    const { id, amount, currency, captured, status, operation } = answer;
    const isThisCharge =
      answer.reference === reference && operation.id === operationId && operation.type === 'charge';
    const isNew =
      status === (captured ? 'captured' : 'authorized') &&
      answer.amount_captured === (captured ? amount : 0) &&
      operation.amount === amount;
    return isThisCharge && isNew && isCoherent(answer)
      ? {
          kind: 'approved',
          providerReference: id,
          amountMinor: amount,
          currency,
          captured,
          authorizedUntil: answer.authorized_until,
        }
      : null;
  };
}

function isCaptured({ amountMinor, currency, final }: CaptureRequest) {
  return (answer: SimulatorChargeAnswerResource): boolean =>
    answer.currency === currency &&
    answer.operation.amount === amountMinor &&
    (final ? openMinor(answer) === 0 : answer.operation.released === 0);
}

function isRefunded({ amountMinor }: RefundRequest) {
  return (answer: SimulatorChargeAnswerResource): boolean =>
    amountMinor === null ? refundableMinor(answer) <= 0 : answer.operation.amount === amountMinor;
}
