import { executionOf } from '../../../functions/payments/start-saga/start-saga.ts';
import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type { MachineName } from '../../../shared/domain/saga/sagas.ts';
import { startedBy } from '../../../shared/domain/saga/sagas.ts';
import { transfersOf } from '../../../shared/domain/time-line/events.ts';
import { operationsAtPsp, type PspReport } from '../../../shared/domain/time-line/psp.ts';
import type { Execution } from '../../../shared/domain/time-line/sagas.ts';
import type { Known, Missing } from '../../../shared/domain/time-line/time-line.ts';
import type { Delivery } from '../../../shared/domain/webhook/delivery.ts';
import type { FindTransfers } from '../../../shared/ports/audit.ts';

/** Who knows something of a payment, beside its events. */
export interface Witnesses {
  /** An execution by its machine and name; null when there is none, or it is forgotten. */
  readonly execution: (machine: MachineName, name: string) => Promise<Execution | null>;
  readonly findTransfers: FindTransfers;
  /** What was put on its way of an event, to all endpoints that its tenant has now. */
  readonly deliveries: (event: PaymentEvent) => Promise<readonly Delivery[]>;
  /**
   * What a PSP says of an operation; null: it knows nothing of it; undefined: it tells no such things.
   * Null where no PSP of the stage does.
   */
  readonly report:
    | ((provider: string, operationId: string) => Promise<PspReport | null | undefined>)
    | null;
}

/** Asked for at once, of whatever it is. */
const atOnce = 10;

/** Of so many events the webhooks are looked for: each is one read an endpoint. */
const mostForWebhooks = 1_000;

/** As many transfers as the ledger is asked for at once. */
const transfersAtOnce = 100;

/**
 * Asks all who know something of a payment. Who cannot be asked is named, with why: a payment is
 * explained by what there is.
 *
 * @param until when the look ends; null: now
 */
export async function whatIsKnown(
  witnesses: Witnesses,
  events: readonly PaymentEvent[],
  until: string | null,
): Promise<Known> {
  const missing: Missing[] = [];
  const asking = async <T>(what: string, ask: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      missing.push({ what, why: `${(error as Error).name}: ${(error as Error).message}` });
      return otherwise;
    }
  };
  return {
    events,
    until,
    executions: await asking('the sagas', () => executionsOf(witnesses, events, missing), []),
    reports: await asking('the PSP', () => reportsOf(witnesses, events, missing), new Map()),
    stored: await asking('the ledger', () => storedOf(witnesses, events), null),
    deliveries: await asking('the webhooks', () => deliveriesOf(witnesses, events, missing), []),
    missing,
  };
}

async function executionsOf(
  { execution }: Witnesses,
  events: readonly PaymentEvent[],
  missing: Missing[],
): Promise<Execution[]> {
  const asked = events.filter(({ type }) => startedBy(type) !== null).map(executionOf);
  const found = await each(asked, async ({ machine, name }) => {
    const one = await execution(machine, name);
    if (one === null) {
      const why = 'there is none by this name: it was never started, or it is forgotten by now';
      missing.push({ what: `the execution ${name} of ${machine}`, why });
    }
    return one ?? [];
  });
  return found.flat();
}

async function reportsOf(
  { report }: Witnesses,
  events: readonly PaymentEvent[],
  missing: Missing[],
): Promise<Map<string, PspReport | null>> {
  if (report === null) {
    const why =
      'the PSPs of this stage have no side that tells what they did: see their own reports';
    missing.push({ what: 'the PSP', why });
    return new Map();
  }
  const providers = new Map<string, string>();
  for (const { data } of events) {
    if ('operation_id' in data && 'provider' in data) {
      providers.set(data.operation_id, data.provider);
    }
  }
  const present = events.findLast(({ data }) => 'provider' in data)?.data;
  const routed = present && 'provider' in present ? present.provider : null;
  const found = await each(operationsAtPsp(events), async (operationId) => {
    const provider = providers.get(operationId) ?? routed;
    const said = provider === null ? undefined : await report(provider, operationId);
    return said === undefined ? [] : [[operationId, said] as const];
  });
  return new Map(found.flat());
}

async function storedOf({ findTransfers }: Witnesses, events: readonly PaymentEvent[]) {
  const transfers = transfersOf(events);
  const parts = Array.from({ length: Math.ceil(transfers.length / transfersAtOnce) }, (_, part) =>
    transfers.slice(part * transfersAtOnce, (part + 1) * transfersAtOnce),
  );
  return (await each(parts, findTransfers)).flat();
}

async function deliveriesOf(
  { deliveries }: Witnesses,
  events: readonly PaymentEvent[],
  missing: Missing[],
): Promise<Delivery[]> {
  if (events.length > mostForWebhooks) {
    const why = `they are looked for of the last ${mostForWebhooks} events alone`;
    missing.push({ what: 'earlier webhooks', why });
  }
  return (await each(events.slice(-mostForWebhooks), deliveries)).flat();
}

async function each<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    answers.push(...(await Promise.all(items.slice(start, start + atOnce).map(ask))));
  }
  return answers;
}
