import { randomUUID } from 'node:crypto';
import { type DeadlineSettings, deadlineOf } from '../../../domain/provider/deadline.ts';
import { routeOf } from '../../../domain/provider/routing.ts';
import type { Provider, Providers } from '../../../ports/provider.ts';
import { remainingMs } from '../../../runtime/observability.ts';
import { dynamo, tableName } from '../../dynamo/client.ts';
import { dynamoProviderHealth } from '../../dynamo/provider-health/provider-health.ts';
import { setting } from '../../environment.ts';
import { guardedProvider } from '../../guarded-provider/guarded-provider.ts';
import { lateProvider } from '../../late-provider.ts';
import { simulatorProvider } from '../../simulator-provider/simulator-provider.ts';
import { stripeRemembersChargesMs } from '../../stripe/remembers.ts';
import { stageProviderLimits, stageProviderRoutes } from '../stage-settings.ts';

/** The PSPs that there is an adapter for. `psp` is the one that a deployer gives the URL of. */
const known = ['psp', 'simulator', 'simulator-b', 'stripe'] as const;

/** How each is called. Who only routes charges carries none of it: this is apart from the names. */
const adapters: Readonly<Record<(typeof known)[number], (deadlineMs: () => number) => Provider>> = {
  psp: (deadlineMs) => simulatorAt('psp', '', deadlineMs),
  simulator: (deadlineMs) => simulatorAt('simulator', '', deadlineMs),
  'simulator-b': (deadlineMs) => simulatorAt('simulator-b', '/b', deadlineMs),
  stripe: (deadlineMs) =>
    lateProvider(
      'stripe',
      async () => {
        const { stageStripe } = await import('../../stripe/stage-stripe.ts');
        return stageStripe(deadlineMs);
      },
      { remembersChargesMs: stripeRemembersChargesMs },
    ),
};

/** A PSP that speaks as the simulator does, on this path below `PROVIDER_URL`. */
function simulatorAt(name: string, path: string, deadlineMs: () => number): Provider {
  return simulatorProvider({ name, baseUrl: `${setting('PROVIDER_URL')}${path}`, deadlineMs });
}

/**
 * The PSPs of the stage, each guarded: a call goes out only when it may.
 *
 * @throws Error at start-up when the stage names a PSP that is not known, or has settings amiss
 */
export function stageProviders(): Providers {
  const limits = stageProviderLimits();
  const routes = stageProviderRoutes(Object.keys(limits));
  const deadline = stageDeadline();
  const health = dynamoProviderHealth(dynamo(), {
    table: tableName('providers'),
    callTimeoutMs: healthTimeoutMs(),
  });
  const providers = new Map<string, Provider>(
    Object.entries(limits).map(([name, limit]) => {
      const knownName = known.find((candidate) => candidate === name);
      if (!knownName) {
        throw new Error(`there is no adapter for the PSP ${JSON.stringify(name)}`);
      }
      const provider = adapters[knownName](() => deadlineOf(deadline, remainingMs()));
      const guarded = guardedProvider(provider, health, {
        limits: limit,
        deadline,
        remainingMs,
        now: Date.now,
        random: Math.random,
        newHolder: randomUUID,
      });
      return [name, guarded];
    }),
  );
  return {
    route: (charge) => routeOf(routes, charge),
    named: (name) => {
      const provider = providers.get(name);
      if (!provider) {
        throw new Error(`the stage has no PSP ${JSON.stringify(name)}`);
      }
      return provider;
    },
  };
}

/** Where charges of the stage go, for who asks no PSP. @throws Error as for the PSPs */
export function stageRoutes(): Pick<Providers, 'route'> {
  const routes = stageProviderRoutes(known);
  return { route: (charge) => routeOf(routes, charge) };
}

/**
 * A PSP has to answer within its deadline. Half of that is the least to ask it with; and after it
 * there is time for the record of the outcome, whose call to DynamoDB is tried twice, and for what
 * is noted of the PSP's health.
 */
export function stageDeadline(): DeadlineSettings {
  const fullMs = Number(setting('PROVIDER_DEADLINE_MS'));
  const marginMs = 2 * awsCallTimeoutMs() + 2 * healthTimeoutMs();
  return { fullMs, leastMs: fullMs / 2, marginMs };
}

/** What protects payments may cost one a sixth of what a call that matters may. */
function healthTimeoutMs(): number {
  return Math.ceil(awsCallTimeoutMs() / 6);
}

function awsCallTimeoutMs(): number {
  return Number(setting('AWS_CALL_TIMEOUT_MS'));
}
