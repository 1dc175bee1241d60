import { guardedProvider } from '../../../shared/adapters/guarded-provider/guarded-provider.ts';
import type { DeadLetter } from '../../../shared/ports/messaging.ts';
import type { Bank } from '../../../shared/ports/payouts/bank.ts';
import type { Provider, Providers } from '../../../shared/ports/provider.ts';
import type { ProviderHealth } from '../../../shared/ports/provider-health.ts';
import { accessBy } from '../../support/api/access.ts';
import type { Handler } from '../aws/lambda.ts';
import type { Given } from '../world/given.ts';
import type { Parts } from '../world/parts.ts';

/** Loads a function into an environment, with what it is given there. */
export type Load = (given: Given, parts: Parts) => Handler;

/** Functions, by the names of their specs. */
export type Wiring = Readonly<Record<string, Load>>;

/** What every change of a payment takes. */
export function change({ port, nextStamp }: Given, { stores }: Parts) {
  return { ...port('payments', stores.payments, 'load', 'append'), nextStamp };
}

/** What every change of a payout takes. */
export function changePayout({ port, nextStamp }: Given, { stores }: Parts) {
  return { ...port('payouts', stores.payouts, 'load', 'append'), nextStamp };
}

/** As the stage's settings make it of its own deadlines. */
const marginMs = 2_500;

/** The PSPs with the methods that a function calls, each guarded as in the stages. */
export function providersOf(
  { port, nowMs, remainingMs, random, newId }: Given,
  { psps, route, stage, limits, stores }: Parts,
  ...methods: readonly Exclude<keyof Provider, 'name'>[]
): Providers {
  const onlyAsks = methods.join() === 'inquire';
  const health = onlyAsks
    ? port('health', stores.health, 'takeToken')
    : port('health', stores.health, 'breaker', 'change', 'takeSlot', 'releaseSlot', 'takeToken');
  const fullMs = stage.providerDeadlineMs;
  const named = new Map(
    [...psps.values()].map(({ name, provider }) => [
      name,
      guardedProvider(
        { name, ...port('provider', provider, ...methods) } as Provider,
        health as ProviderHealth,
        {
          limits,
          deadline: { fullMs, leastMs: fullMs / 2, marginMs },
          remainingMs,
          now: nowMs,
          random,
          newHolder: newId,
        },
      ),
    ]),
  );
  return {
    route: () => route,
    named: (name) => {
      const provider = named.get(name);
      if (!provider) {
        throw new Error(`no PSP ${name}`);
      }
      return provider;
    },
  };
}

/** The bank with the method that a function calls. */
export function bankOf<K extends Exclude<keyof Bank, 'name'>>(
  { port }: Given,
  { bank }: Parts,
  method: K,
): Pick<Bank, 'name' | K> {
  return { name: bank.name, ...port('bank', bank, method) } as Pick<Bank, 'name' | K>;
}

/** What the stage says of charges. */
export function termsOf({ stage }: Parts) {
  return { plans: stage.feePlans, authorizationWindowMs: stage.authorizationWindowMs };
}

export function deadLetterOf(name: string, { port }: Given, { deadLetter }: Parts): DeadLetter {
  const put: DeadLetter = async (letter) => {
    deadLetter(name, { kind: 'message', ...letter });
  };
  return port('dead-letters', { put }, 'put').put;
}

export function accessOf({ port, now }: Given, { findPrincipal }: Parts) {
  const find = async (keyHash: string) => findPrincipal(keyHash);
  return accessBy(port('access', { find }, 'find').find, () => Date.parse(now()));
}

/**
 * What a use case takes and never calls here: what lists runs is for their list, and no client waits for
 * an outcome, as that wait goes by a real clock.
 */
export const notAsked = async (): Promise<never> => {
  throw new Error('not to be called here');
};
