import {
  SimulatorChargeAnswer,
  type SimulatorChargeAnswerResource,
  type SimulatorChargeBody,
} from '../../contracts/simulator/charges.ts';
import { SimulatorChargeInquiry } from '../../contracts/simulator/inquiries.ts';
import type {
  CaptureRequest,
  ChargeRequest,
  OperationOutcome,
  Provider,
  VoidRequest,
} from '../../ports/provider.ts';
import { type SimulatorClientOptions, simulatorClient } from '../simulator-client/client.ts';
import type { Reading } from '../simulator-client/outcome.ts';
import { approvalOf, isCoherent, isRefunded, openMinor } from './answer.ts';
import { codesOf } from './codes.ts';
import { findingOf } from './inquiry.ts';

export interface SimulatorProviderOptions extends SimulatorClientOptions {
  /** By which payments know the PSP; `baseUrl` is its own. */
  readonly name?: string;
}

const common = { noun: 'charge', schema: SimulatorChargeAnswer } as const;

/** A PSP of the simulator as a provider, over HTTP. */
export function simulatorProvider({
  name = 'simulator',
  ...options
}: SimulatorProviderOptions): Provider {
  const { send, ask } = simulatorClient(options);
  const change = (
    operation: 'capture' | 'void' | 'refund',
    { operationId, providerReference }: VoidRequest,
    body: Readonly<Record<string, unknown>>,
    isDone: (answer: SimulatorChargeAnswerResource) => boolean,
  ): Promise<OperationOutcome> => {
    const reading: Reading<SimulatorChargeAnswerResource, { readonly kind: 'done' }> = {
      ...common,
      ...codesOf(operation),
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
    name,
    charge: (request) =>
      send(
        '/charges',
        { idempotencyKey: request.operationId, body: chargeBody(request) },
        { ...common, ...codesOf('charge'), success: approvalOf(request) },
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
    inquire: (request) =>
      ask('/charges', request.reference, {
        noun: 'inquiry',
        schema: SimulatorChargeInquiry,
        notFound: 'charge_not_found',
        found: findingOf(request),
      }),
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

function isCaptured({ amountMinor, currency, final }: CaptureRequest) {
  return (answer: SimulatorChargeAnswerResource): boolean =>
    answer.currency === currency &&
    answer.operation.amount === amountMinor &&
    (final ? openMinor(answer) === 0 : answer.operation.released === 0);
}
