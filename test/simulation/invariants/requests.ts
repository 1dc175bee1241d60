import { operationsTenant } from '../../../shared/domain/settlement/break.ts';
import { hold } from '../../support/invariants/hold.ts';
import type { Exchange } from '../world/api.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

/** An exchange that came to an answer of ours. */
type Answered = Exchange & { readonly answer: NonNullable<Exchange['answer']> };

function answeredOf(exchanges: readonly Exchange[]): Answered[] {
  return exchanges.filter(
    (exchange): exchange is Answered =>
      exchange.answer !== null && exchange.answer.status < 500 && exchange.answer.status !== 429,
  );
}

export const idempotency: Invariant = {
  name: ' 5 a key means one thing: the first answer again, byte for byte, and nothing else',
  check: ({ exchanges, stores }) => ({
    end: () => {
      const keyed = answeredOf(exchanges).filter(({ request }) => request.idempotencyKey);
      const byKey = Map.groupBy(keyed, ({ request: { tenant, resource, path, idempotencyKey } }) =>
        JSON.stringify([tenant, resource, path, idempotencyKey]),
      );
      for (const [key, all] of byKey) {
        checkKey(key, all);
      }
      const references = new Map<string, string>();
      for (const { id, tenant, request } of stores.payments.states.values()) {
        if (request.merchant_reference !== null) {
          const name = JSON.stringify([tenant, request.merchant_reference]);
          hold(!references.has(name), () => `${id} and ${references.get(name)} have one reference`);
          references.set(name, id);
        }
      }
    },
  }),
};

function checkKey(key: string, all: readonly Answered[]): void {
  const taken = all.filter(({ answer }) => answer.status === 202);
  const [first] = taken;
  if (!first) {
    return;
  }
  const bodies = new Set(taken.map(({ request }) => JSON.stringify(request.body)));
  hold(bodies.size === 1, () => `${key} was taken for ${bodies.size} different bodies`);
  const texts = new Set(taken.map(({ answer }) => answer.text));
  hold(texts.size === 1, () => `${key} was answered in ${texts.size} ways: ${[...texts].join()}`);
  const fresh = taken.filter(({ answer }) => !answer.replayed).length;
  hold(fresh <= 1, () => `${key} was taken ${fresh} times`);
  for (const { sentMs, request, answer } of all) {
    const isSame = JSON.stringify(request.body) === JSON.stringify(first.request.body);
    const isLater = sentMs > first.answer.atMs;
    hold(
      !isSame || !isLater || answer.status === 202,
      () => `${key} was taken, and then refused with ${answer.status}`,
    );
    hold(
      isSame || answer.status === 422 || answer.status === 400,
      () => `${key} with another body was answered ${answer.status}`,
    );
  }
}

export const tenants: Invariant = {
  name: '14 no tenant reads or touches what is another tenant’s',
  check: (world) => ({
    end: () => {
      for (const { request, answer, by } of answeredOf(world.exchanges)) {
        if (request.tenant === operationsTenant) {
          continue;
        }
        const { payment_id: id } = request.path;
        const owner = id === undefined ? undefined : world.stores.payments.states.get(id)?.tenant;
        if (owner !== undefined && owner !== request.tenant) {
          hold(answer.status === 404, () => `${by} of ${request.tenant} is told of ${id}`);
          hold(!answer.text.includes(owner), () => `${by} is told whose ${id} is`);
        }
        if (answer.status === 200) {
          checkOwn(world, request.tenant, answer.text);
        }
      }
    },
  }),
};

/** What is told of payments is told of the tenant's own. */
function checkOwn({ stores }: World, tenant: string, text: string): void {
  const { data = [] } = JSON.parse(text) as { data?: { id?: string }[] };
  for (const { id } of data) {
    const owner = id === undefined ? undefined : stores.payments.states.get(id)?.tenant;
    hold(owner === undefined || owner === tenant, () => `${tenant} is told of ${id} in a list`);
  }
}

/**
 * What must never be written down: the keys of the tenants, and what looks like the number of a card,
 * which some clients send where it does not belong.
 */
export function secrecy(secrets: readonly string[]): Invariant {
  return {
    name: '13 no card number and no key in an event, a record, a queue, an execution or an answer',
    check: (world) => ({
      end: () => {
        const places: Readonly<Record<string, unknown>> = {
          events: world.stores.payments.allEvents,
          states: [...world.stores.payments.states.values()],
          transfers: world.stores.ledger.transfers(),
          bus: world.bus.taken,
          queues: [...world.queues.values()].map(({ messages }) => messages()),
          'dead letters': [...world.deadLetters.values()].map(({ all }) => all),
          executions: world.executions,
          answers: world.exchanges.map(({ answer }) => answer),
          'the time line': world.timeline.happenings,
        };
        for (const [place, content] of Object.entries(places)) {
          const text = JSON.stringify(content);
          for (const secret of secrets) {
            hold(!text.includes(secret), () => `a secret is in ${place}: ${secret}`);
          }
        }
      },
    }),
  };
}
