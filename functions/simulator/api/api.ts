import type * as z from 'zod/mini';
import {
  SimulatorAmountRequest,
  SimulatorChargeRequest,
  SimulatorId,
  SimulatorVoidRequest,
  simulatorTokens,
} from '../../../shared/contracts/simulator.ts';
import { refusal, type SimulatorAnswer } from './answer.ts';
import { inquire, reportOperation, reportTotals } from './operations/inspect.ts';
import { type OperateDependencies, operate } from './operations/operate.ts';

/** A call of the simulator, without the gateway around it. */
export interface SimulatorRequest {
  readonly method: string;
  /** Begins with `/`, without the stage and without a query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The body's text; empty when there is none. */
  readonly body: string;
}

export type SimulatorApi = (request: SimulatorRequest) => Promise<SimulatorAnswer>;

/** What the simulator runs on; `tokens` are those of the contract unless a test brings its own. */
export type SimulatorDependencies = Omit<OperateDependencies, 'tokens'> &
  Partial<Pick<OperateDependencies, 'tokens'>>;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: (request: SimulatorRequest, id: string) => Promise<SimulatorAnswer>;
}

/**
 * The whole simulator: finds the route, checks the request, answers. Throws only what its store
 * throws; what a caller does wrong is an answer.
 */
export function createSimulatorApi(dependencies: SimulatorDependencies): SimulatorApi {
  const routes = routesOf({ tokens: simulatorTokens, ...dependencies });
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

function routesOf(deps: OperateDependencies): readonly Route[] {
  const carryOut = operate(deps);
  const inquiry = inquire(deps);
  const report = reportOperation(deps);
  const totals = reportTotals(deps);
  const change = <Body extends { operation_id: string; amount?: number | undefined }>(
    operation: 'capture' | 'void' | 'refund',
    schema: z.ZodMiniType<Body>,
  ): Route => ({
    method: 'POST',
    path: new RegExp(`^/charges/([A-Za-z0-9._~-]{1,64})/${operation}$`),
    answer: (request, chargeId) =>
      withBody(schema, request, (body) => carryOut({ operation, chargeId, body })),
  });
  return [
    {
      method: 'POST',
      path: /^\/charges$/,
      answer: (request) =>
        withBody(SimulatorChargeRequest, request, async (body) =>
          Object.hasOwn(deps.tokens, body.payment_method)
            ? carryOut({ operation: 'charge', body })
            : refusal('unknown_token', 'No card stands behind this payment_method.'),
        ),
    },
    change('capture', SimulatorAmountRequest),
    change('void', SimulatorVoidRequest),
    change('refund', SimulatorAmountRequest),
    {
      method: 'GET',
      path: /^\/charges$/,
      answer: async ({ query }) => {
        const reference = SimulatorId.safeParse(query.reference);
        return reference.success
          ? inquiry(reference.data)
          : refusal('invalid_request', '`reference` is missing or not a reference.');
      },
    },
    {
      method: 'GET',
      path: /^\/operations\/([A-Za-z0-9._~-]{1,64})$/,
      answer: (_request, operationId) => report(operationId),
    },
    { method: 'GET', path: /^\/totals$/, answer: totals },
  ];
}

/** Calls with the validated body; names the places that do not validate, never their values. */
async function withBody<Body>(
  schema: z.ZodMiniType<Body>,
  request: SimulatorRequest,
  use: (body: Body) => Promise<SimulatorAnswer>,
): Promise<SimulatorAnswer> {
  let json: unknown;
  try {
    json = JSON.parse(request.body);
  } catch {
    return refusal('malformed_json', 'The body is not JSON.');
  }
  const body = schema.safeParse(json);
  if (body.success) {
    return use(body.data);
  }
  const places = body.error.issues.map(
    ({ path, message }) => `${path.join('.') || '.'} ${message}`,
  );
  return refusal('invalid_request', places.join('; '));
}
