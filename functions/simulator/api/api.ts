import {
  type SimulatorBehaviour,
  simulatorDestinations,
  simulatorTokens,
} from '../../../shared/contracts/simulator/behaviour.ts';
import {
  type SimulatorPsp,
  simulatorPsps,
  simulatorRoots,
} from '../../../shared/contracts/simulator/common.ts';
import { SimulatorScript } from '../../../shared/contracts/simulator/scripts.ts';
import { SimulatorWebhookEndpoint } from '../../../shared/contracts/simulator/webhooks.ts';
import type {
  ScriptStore,
  SimulatorStore,
  WebhookStore,
} from '../../../shared/ports/simulator-store.ts';
import { ok, refusal, type SimulatorApi } from '../answer.ts';
import { scriptControl, takeScripted } from './calls/script.ts';
import { type PspDependencies, routesOfBank, routesOfPsp } from './psp.ts';
import { findRoute, get, post, type Route, remove } from './routes.ts';

/** What the simulator runs on; `tokens` are those of the contract unless a test brings its own. */
export type SimulatorDependencies = Pick<
  PspDependencies,
  'sendNotice' | 'newId' | 'now' | 'delay' | 'stallMs'
> & {
  readonly psps: Readonly<
    Record<SimulatorPsp, { store: SimulatorStore; scripts: ScriptStore; webhooks: WebhookStore }>
  >;
  readonly tokens?: Readonly<Record<string, SimulatorBehaviour>>;
};

/**
 * The PSPs and the bank, but for the settlement files: finds the route, checks the request, answers.
 * Throws only what its store and its queue throw; what a caller does wrong is an answer.
 */
export function createSimulatorApi({
  psps,
  tokens = simulatorTokens,
  ...deps
}: SimulatorDependencies): SimulatorApi {
  const routes = simulatorPsps.flatMap((psp) => {
    const { store, scripts, webhooks } = psps[psp];
    const scripted = takeScripted(scripts);
    const all = { ...deps, psp, store, scripted, tokens: tokensAt(psp, tokens) };
    return [...routesOfPsp(all, simulatorRoots[psp]), webhookRoute(webhooks, simulatorRoots[psp])];
  });
  const { store } = psps.simulator;
  const bank = routesOfBank({
    ...deps,
    psp: 'simulator',
    store,
    scripted: async () => null,
    destinations: simulatorDestinations,
  });
  const all = [...routes, ...bank, ...scriptRoutes(psps)];
  return async (request) => {
    const found = findRoute(all, request);
    return found ? found.answer(request, found.id) : refusal('not_found', 'There is nothing here.');
  };
}

/** How the tokens behave at one PSP. */
function tokensAt(
  psp: SimulatorPsp,
  tokens: Readonly<Record<string, SimulatorBehaviour>>,
): Readonly<Record<string, SimulatorBehaviour>> {
  return Object.fromEntries(
    Object.entries(tokens).map(([token, behaviour]) => [
      token,
      (behaviour.at ?? psp) === psp ? behaviour : {},
    ]),
  );
}

/** Control side: where the notices of a PSP go from now on, and what signs them. */
function webhookRoute(webhooks: WebhookStore, root: string): Route {
  return post(`${root}/webhook-endpoint`, SimulatorWebhookEndpoint, async (endpoint) => {
    await webhooks.put(endpoint);
    return ok({ url: endpoint.url });
  });
}

function scriptRoutes(psps: SimulatorDependencies['psps']): readonly Route[] {
  const { write, report, clear } = scriptControl({
    simulator: psps.simulator.scripts,
    'simulator-b': psps['simulator-b'].scripts,
  });
  return [
    post('/script', SimulatorScript, write),
    get('/script', report),
    remove('/script', clear),
  ];
}
