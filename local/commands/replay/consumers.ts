import { functionSpecs } from '../../../functions/index.ts';
import type { FunctionSpec, Trigger } from '../../../shared/runtime/function-spec.ts';
import { UsageError } from '../../program/exit.ts';

/** A consumer of the bus, as it is deployed. */
export type ConsumerSpec = FunctionSpec & {
  readonly trigger: Extract<Trigger, { kind: 'consumer' }>;
};

/** All that events can be replayed to. */
export const consumers: readonly ConsumerSpec[] = functionSpecs.filter(
  (spec): spec is ConsumerSpec => spec.trigger.kind === 'consumer',
);

/** Why events are not replayed to what is no consumer of the bus, and what does what one may want. */
const instead: Readonly<Partial<Record<string, string>>> = {
  'payments-start-saga':
    'it starts sagas from the stream: the sweepers begin anew what stopped, and npm run dlq redrives what it gave up',
  'payments-relay':
    'it publishes from the stream: payments-republish publishes what never was, and npm run dlq redrives what it gave up',
  'ledger-fold-balances':
    'it folds transfers, which are no events: npm run ledger verifies the balances, and npm run dlq redrives what it gave up',
  'webhooks-deliver': 'it takes tries to deliver, not events: replay to webhooks-fan-out',
};

/**
 * The consumer of this name.
 *
 * @throws {UsageError} that says what there is instead
 */
export function consumerOf(name: string): ConsumerSpec {
  const consumer = consumers.find((one) => one.name === name);
  if (consumer) {
    return consumer;
  }
  const there = `there are ${consumers.map((one) => one.name).join(', ')}`;
  if (!functionSpecs.some((one) => one.name === name)) {
    throw new UsageError(`no consumer is named ${name}; ${there}`);
  }
  const why = instead[name] ?? 'it takes no events of the bus';
  throw new UsageError(`events are not replayed to ${name}: ${why}; ${there}`);
}
