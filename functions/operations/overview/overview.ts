import type { DeadLetterEdge } from '../../../shared/contracts/dead-letters/edge.ts';
import { ApiError } from '../../../shared/contracts/errors.ts';
import {
  type OverviewResource,
  overviewMinutes,
} from '../../../shared/contracts/operations/overview.ts';
import type { ProviderState } from '../../../shared/domain/provider/provider-state.ts';
import { operationsTenant } from '../../../shared/domain/settlement/break.ts';
import type { KeyStore } from '../../../shared/ports/access/access.ts';
import type { CountLetters } from '../../../shared/ports/dead-letters.ts';
import type { PagePaymentEvents } from '../../../shared/ports/payments.ts';
import type { ListPayments } from '../../../shared/ports/projections/payment-list.ts';
import { requireOperator } from '../../../shared/runtime/http/entry/operator.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { logger } from '../../../shared/runtime/observability.ts';
import { countsOf, failuresOf, percentilesOf, perMinute, windowStart } from './figures.ts';
import { type ParkedDependencies, parkedTotals } from './parked.ts';
import { examine, timesToSettle } from './payments.ts';

export interface OverviewDependencies extends ParkedDependencies {
  readonly tenants: KeyStore['tenants'];
  readonly list: ListPayments;
  readonly eventPage: PagePaymentEvents;
  readonly edges: () => Promise<readonly DeadLetterEdge[]>;
  readonly countLetters: CountLetters;
  /** The PSPs of the stage. */
  readonly providers: (nowMs: number) => Promise<readonly ProviderState[]>;
  readonly nowMs: () => number;
  /** Ends when the answer is due, whatever of it is there by then. */
  readonly untilDue: () => Promise<unknown>;
}

/**
 * Says what a stage does now, all of it read at once:
 * 1. nobody but an operator is told, also where the published policies are of before there was this
 * 2. whose payments: those of the tenant that the query or `Paysaga-Tenant` names, else of all
 * 3. what became of the payments of the last hour, from the list, and how long the latest took
 * 4. what waits for a person, the dead letters, and the breakers of the PSPs
 * 5. what could not be read by when the answer is due is null, and the log says why
 */
export function overview(deps: OverviewDependencies) {
  return async <B>({
    principal,
    tenant: reader,
    query,
    permit,
  }: HttpRequest<B, { readonly tenant?: string | undefined }>): Promise<HttpResponse> => {
    requireOperator(principal);
    const nowMs = deps.nowMs();
    const named = query.tenant ?? (reader === operationsTenant ? null : reader);
    if (query.tenant !== undefined) {
      permit({ tenant: query.tenant });
    }
    const isDue = deps.untilDue().then(() => {
      throw new Error('it was not there in time');
    });
    const part = partsUntil(isDue);

    const all = deps.tenants().then((found) => found.map(({ name }) => name));
    const asked = all.then((names) => askedOf(names, named));
    const examined = asked.then((names) =>
      examine(deps.list, names, { fromMs: windowStart(nowMs), toMs: nowMs }),
    );
    const times = examined.then(({ payments }) => timesToSettle(deps.eventPage, payments));
    const [tenants, window, settled, parked, letters, providers] = await Promise.all([
      part('tenants', all),
      part('payments', examined),
      part('time_to_settle_ms', times),
      part('parked', parkedTotals(deps, named)),
      part('dead_letters', lettersOf(deps)),
      part('providers', providersOf(deps, nowMs)),
    ]);
    const body: OverviewResource = {
      object: 'overview',
      time: new Date(nowMs).toISOString(),
      tenants,
      window: window && {
        minutes: overviewMinutes,
        since: new Date(window.sinceMs).toISOString(),
        examined: window.payments.length,
        truncated: window.truncated,
      },
      payments: window && countsOf(window.payments),
      per_minute: window && perMinute(window.payments, { sinceMs: window.sinceMs, nowMs }),
      time_to_settle_ms: settled && percentilesOf(settled),
      failures: window && failuresOf(window.payments),
      parked,
      dead_letters: letters,
      providers,
    };
    return { status: 200, body };
  };
}

/** @throws ApiError `not_found` for a tenant that there is not */
function askedOf(names: readonly string[], named: string | null): readonly string[] {
  if (named === null) {
    return names;
  }
  if (!names.includes(named)) {
    throw new ApiError('not_found', 'There is no tenant of this name.');
  }
  return [named];
}

async function lettersOf({
  edges,
  countLetters,
}: OverviewDependencies): Promise<NonNullable<OverviewResource['dead_letters']>> {
  const queues = await Promise.all(
    (await edges()).map(async (edge) => ({ name: edge.name, count: await countLetters(edge) })),
  );
  return { count: queues.reduce((sum, { count }) => sum + count, 0), queues };
}

async function providersOf(
  { providers }: OverviewDependencies,
  nowMs: number,
): Promise<NonNullable<OverviewResource['providers']>> {
  return (await providers(nowMs)).map(({ name, breaker, since, until }) => ({
    name,
    state: breaker,
    since,
    until,
  }));
}

/** What is there in time, and null for anything else but a refusal of the request. */
function partsUntil(isDue: Promise<never>) {
  return async <T>(name: string, work: Promise<T>): Promise<T | null> => {
    try {
      return await Promise.race([work, isDue]);
    } catch (error) {
      if (error instanceof ApiError) {
        throw error;
      }
      const reason = error instanceof Error ? error : new Error(String(error));
      logger.warn('an overview lacks a part', { part: name, error: reason });
      return null;
    }
  };
}
