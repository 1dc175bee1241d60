import { functionSpecs } from '../../../functions/index.ts';
import type { FunctionSpec } from '../../../shared/runtime/function-spec.ts';
import type { Consumers } from './compare.ts';

/** The function that hands on to merchants what it consumes. */
const toMerchants = 'webhooks-fan-out';

/** Who goes by the contracts, as the functions' specs, `client/` and the routes say. */
export function consumersOf(specs: readonly FunctionSpec[] = functionSpecs): Consumers {
  return {
    ofEndpoint: (name, { method, path, body, action }, change) =>
      body === 'raw'
        ? [`the PSPs that send ${method} ${path}`]
        : [
            `callers of ${method} ${path}`,
            `client/ (${name})`,
            ...(action !== null && change === 'action_changed'
              ? [`policies that name ${action}`]
              : []),
          ],
    ofEvent: (type, { bus }) => {
      const merchants = `merchants' webhooks that take ${type}`;
      if (bus === null) {
        return [merchants];
      }
      const names = specs
        .filter(
          ({ trigger }) => trigger.kind === 'consumer' && trigger.events.includes(type as never),
        )
        .map(({ name }) => name);
      return [
        ...names.map((name) => `the consumer ${name}`),
        ...(names.includes(toMerchants) ? [merchants] : []),
      ];
    },
    ofError: (code) => ['callers that handle it by its code', `client/ (${code})`],
  };
}
