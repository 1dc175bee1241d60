import type * as z from 'zod/mini';
import {
  simulatorDestinations,
  simulatorTokens,
} from '../../../shared/contracts/simulator/behaviour.ts';
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
import {
  refusal,
  type SimulatorAnswer,
  type SimulatorApi,
  type SimulatorRequest,
} from '../answer.ts';
import { withBody } from '../body.ts';
import type { ChangeOperation } from './charges/charge.ts';
import { type ChargeDependencies, changeOperation, chargeOperation } from './charges/charges.ts';
import { closeDispute, getDispute, openDispute } from './charges/disputes.ts';
import { inquire, reportOperation, reportTotals } from './inspect.ts';
import { type OperateDependencies, operate } from './operate.ts';
import {
  closePayout,
  type PayoutDependencies,
  reportPayouts,
  sendPayout,
} from './payouts/payouts.ts';

type Dependencies = OperateDependencies & ChargeDependencies & PayoutDependencies;

/** What the simulator runs on; `tokens` are those of the contract unless a test brings its own. */
export type SimulatorDependencies = Omit<Dependencies, 'tokens' | 'destinations'> &
  Partial<Pick<Dependencies, 'tokens'>>;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: (request: SimulatorRequest, id: string) => Promise<SimulatorAnswer>;
}

/**
 * The PSP and the bank, but for the settlement files: finds the route, checks the request, answers.
 * Throws only what its store and its queue throw; what a caller does wrong is an answer.
 */
export function createSimulatorApi(dependencies: SimulatorDependencies): SimulatorApi {
  const deps = { tokens: simulatorTokens, destinations: simulatorDestinations, ...dependencies };
  const routes = [...pspRoutes(deps), ...bankRoutes(deps), ...controlRoutes(deps)];
  return async (request) => {
    for (const { method, path, answer } of routes) {
      const match = request.method === method ? path.exec(request.path) : null;
      if (match) {
        return answer(request, match[1] ?? '');
      }
    }
    return refusal('not_found', 'There is nothing here.');
  };
}

function pspRoutes(deps: Dependencies): readonly Route[] {
  const carryOut = operate(deps);
  const inquiry = inquire(deps);
  const change = <Body extends Parameters<typeof changeOperation>[1]['body']>(
    operation: ChangeOperation,
    schema: z.ZodMiniType<Body>,
  ) =>
    post(`/charges/{id}/${operation}`, schema, (body, chargeId) =>
      carryOut(changeOperation(deps, { operation, chargeId, body })),
    );
  return [
    post('/charges', SimulatorChargeRequest, async (body) =>
      Object.hasOwn(deps.tokens, body.payment_method)
        ? carryOut(chargeOperation(deps, body))
        : refusal('unknown_token', 'No card stands behind this payment_method.'),
    ),
    change('capture', SimulatorCaptureRequest),
    change('void', SimulatorVoidRequest),
    change('refund', SimulatorRefundRequest),
    get('/charges', async ({ query }) => {
      const reference = SimulatorId.safeParse(query.reference);
      return reference.success
        ? inquiry(reference.data)
        : refusal('invalid_request', '`reference` is missing or not a reference.');
    }),
  ];
}

function bankRoutes(deps: Dependencies): readonly Route[] {
  const carryOut = operate(deps);
  return [
    post('/payouts', SimulatorPayoutRequest, async (body) =>
      Object.hasOwn(deps.destinations, body.destination)
        ? carryOut(sendPayout(deps, body))
        : refusal('unknown_destination', 'No account stands behind this destination.'),
    ),
  ];
}

/** What tells the simulator what happens, and what tells what it has done. */
function controlRoutes(deps: Dependencies): readonly Route[] {
  const carryOut = operate(deps);
  const report = reportOperation(deps);
  const dispute = getDispute(deps);
  return [
    post('/charges/{id}/disputes', SimulatorDisputeRequest, (body, chargeId) =>
      carryOut(openDispute(deps, chargeId, body)),
    ),
    post('/disputes/{id}/close', SimulatorDisputeCloseRequest, ({ outcome }, id) =>
      carryOut(closeDispute(deps, id, outcome)),
    ),
    get('/disputes/{id}', (_request, id) => dispute(id)),
    post('/payouts/{id}/close', SimulatorPayoutCloseRequest, ({ outcome }, id) =>
      carryOut(closePayout(deps, id, outcome)),
    ),
    get('/operations/{id}', (_request, operationId) => report(operationId)),
    get('/totals', reportTotals(deps)),
    get('/payouts/totals', reportPayouts(deps)),
  ];
}

function get(path: string, answer: Route['answer']): Route {
  return { method: 'GET', path: pattern(path), answer };
}

function post<Body>(
  path: string,
  schema: z.ZodMiniType<Body>,
  answer: (body: Body, id: string) => Promise<SimulatorAnswer>,
): Route {
  return {
    method: 'POST',
    path: pattern(path),
    answer: (request, id) => withBody(schema, request, (body) => answer(body, id)),
  };
}

/** `{id}` stands for an id as `SimulatorId` has it. */
function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace('{id}', '([A-Za-z0-9._~-]{1,64})')}$`);
}
