import { timeLineOf } from '../../../shared/domain/time-line/time-line.ts';
import type { PaymentHistory, PaymentStore } from '../../../shared/ports/payments.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import type { PaymentsCommand } from './group.ts';
import { type Witnesses, whatIsKnown } from './known.ts';
import { timeLineText } from './text.ts';

/** What the command works by. */
export interface PaymentsDependencies {
  readonly store: Pick<PaymentStore, 'load' | 'events'> & Pick<PaymentHistory, 'stateAt'>;
  readonly witnesses: Witnesses;
}

/**
 * One payment of a stage: what happened to it, in words, or its state; now, or as a version left it.
 *
 * @returns 0
 * @throws {Error} when there is no such payment or version
 * @throws {NothingAnswers} when the stage is not up
 */
export async function paymentsCommand(command: PaymentsCommand): Promise<number> {
  const outputs = await takeEnvironmentOf(command.stage, ['data', 'pipeline', 'simulator']);
  const { paymentsOf } = await import('./wiring.ts');
  const { code, lines } = await answer(paymentsOf(outputs), command);
  for (const line of lines) {
    console.log(line);
  }
  return code;
}

/** What is printed, and with which code the command ends. */
export interface Answer {
  readonly code: 0;
  readonly lines: readonly string[];
}

/** Does what is asked for. */
export async function answer(
  deps: PaymentsDependencies,
  command: PaymentsCommand,
): Promise<Answer> {
  return command.kind === 'show' ? show(deps, command) : explain(deps, command);
}

async function show(
  { store }: PaymentsDependencies,
  { id, at, json }: PaymentsCommand,
): Promise<Answer> {
  const state = at === null ? await store.load(id) : await store.stateAt(id, at);
  return state
    ? { code: 0, lines: [JSON.stringify(state, null, json ? 0 : 2)] }
    : nothing(store, id, at);
}

async function explain(
  { store, witnesses }: PaymentsDependencies,
  { id, at, json }: PaymentsCommand,
): Promise<Answer> {
  const all = await store.events(id);
  const events = at === null ? all : all.slice(0, at);
  const last = events.at(-1);
  if (!last || (at !== null && events.length < at)) {
    return nothing(store, id, at);
  }
  const until = events.length < all.length ? last.time : null;
  const line = timeLineOf(await whatIsKnown(witnesses, events, until));
  return { code: 0, lines: json ? [JSON.stringify(line)] : timeLineText(line) };
}

/** @throws {Error} that says what there is instead */
async function nothing(
  { load }: PaymentsDependencies['store'],
  id: string,
  at: number | null,
): Promise<never> {
  const payment = await load(id);
  throw new Error(
    payment
      ? `The payment is at version ${payment.version}; it has not come to version ${at}.`
      : 'There is no payment with this id.',
  );
}
