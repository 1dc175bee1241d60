import type * as z from 'zod/mini';
import {
  SimulatorCaptureRequest,
  SimulatorChargeRequest,
  SimulatorRefundRequest,
  SimulatorVoidRequest,
} from '../../../shared/contracts/simulator/charges.ts';
import { SimulatorId } from '../../../shared/contracts/simulator/common.ts';
import {
  SimulatorDisputeCloseRequest,
  SimulatorDisputeRequest,
} from '../../../shared/contracts/simulator/disputes.ts';
import {
  SimulatorPayoutCloseRequest,
  SimulatorPayoutRequest,
} from '../../../shared/contracts/simulator/payouts.ts';
import { refusal, type SimulatorAnswer, type SimulatorRequest } from '../answer.ts';
import { type OperateDependencies, operate } from './calls/operate.ts';
import type { ChangeOperation } from './charges/charge.ts';
import { type ChargeDependencies, changeOperation, chargeOperation } from './charges/charges.ts';
import { closeDispute, getDispute, openDispute } from './charges/disputes.ts';
import { inquire, reportOperation, reportTotals } from './inspect.ts';
import {
  closePayout,
  inquirePayout,
  type PayoutDependencies,
  reportPayouts,
  sendPayout,
} from './payouts/payouts.ts';
import { get, post, type Route } from './routes.ts';

export type PspDependencies = OperateDependencies & ChargeDependencies;

/** One PSP: its API, and the control side that tells it what happens and tells what it has done. */
export function routesOfPsp(deps: PspDependencies, root: string): readonly Route[] {
  const carryOut = operate(deps);
  const change = <Body extends Parameters<typeof changeOperation>[1]['body']>(
    operation: ChangeOperation,
    schema: z.ZodMiniType<Body>,
  ) =>
    post(`${root}/charges/{id}/${operation}`, schema, (body, chargeId) =>
      carryOut(changeOperation(deps, { operation, chargeId, body })),
    );
  const report = reportOperation(deps);
  const dispute = getDispute(deps);
  return [
    post(`${root}/charges`, SimulatorChargeRequest, async (body) =>
      Object.hasOwn(deps.tokens, body.payment_method)
        ? carryOut(chargeOperation(deps, body))
        : refusal('unknown_token', 'No card stands behind this payment_method.'),
    ),
    change('capture', SimulatorCaptureRequest),
    change('void', SimulatorVoidRequest),
    change('refund', SimulatorRefundRequest),
    get(`${root}/charges`, withReference(inquire(deps))),
    post(`${root}/charges/{id}/disputes`, SimulatorDisputeRequest, (body, chargeId) =>
      carryOut(openDispute(deps, chargeId, body)),
    ),
    post(`${root}/disputes/{id}/close`, SimulatorDisputeCloseRequest, ({ outcome }, id) =>
      carryOut(closeDispute(deps, id, outcome)),
    ),
    get(`${root}/disputes/{id}`, (_request, id) => dispute(id)),
    get(`${root}/operations/{id}`, (_request, operationId) => report(operationId)),
    get(`${root}/totals`, reportTotals(deps)),
  ];
}

/** The merchants' bank, likewise. Its operations are reported among the first PSP's. */
export function routesOfBank(deps: OperateDependencies & PayoutDependencies): readonly Route[] {
  const carryOut = operate(deps);
  return [
    post('/payouts', SimulatorPayoutRequest, async (body) =>
      Object.hasOwn(deps.destinations, body.destination)
        ? carryOut(sendPayout(deps, body))
        : refusal('unknown_destination', 'No account stands behind this destination.'),
    ),
    get('/payouts', withReference(inquirePayout(deps))),
    post('/payouts/{id}/close', SimulatorPayoutCloseRequest, ({ outcome }, id) =>
      carryOut(closePayout(deps, id, outcome)),
    ),
    get('/payouts/totals', reportPayouts(deps)),
  ];
}

function withReference(answer: (reference: string) => Promise<SimulatorAnswer>) {
  return async ({ query }: SimulatorRequest): Promise<SimulatorAnswer> => {
    const reference = SimulatorId.safeParse(query.reference);
    return reference.success
      ? answer(reference.data)
      : refusal('invalid_request', '`reference` is missing or not a reference.');
  };
}
