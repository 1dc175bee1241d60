import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import { parkedOf } from '../../../shared/domain/payment/recovery/parked.ts';
import { providerOf } from '../../../shared/domain/payment/routed.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import { parkedOfPayout } from '../../../shared/domain/payout/parked.ts';
import type { Payout } from '../../../shared/domain/payout/state.ts';
import type { Letter } from '../aws/dead-letters.ts';
import type { Core } from '../kernel/process.ts';
import type { ApiRequest } from './api.ts';
import type { MovingWorld } from './world.ts';

const minuteMs = 60_000;
/** Whoever is told of a dead letter takes so long, or twice. */
const attentionMs = 5 * minuteMs;
/** So much of what is parked somebody sees to; the rest waits for ever. */
const seenTo = 0.85;
/** A person who is not answered says the same again so often. */
const sends = 5;

/** The people around the pipeline: they see to dead letters, and to what is parked. */
export function startPeople(core: Core, world: MovingWorld, healedMs: number): void {
  seeToLetters(core, world, healedMs);
  seeToParked(core, world);
}

function seeToLetters(
  { dice, kernel, timeline }: Core,
  world: MovingWorld,
  healedMs: number,
): void {
  const came = new Set<string>();
  const redrive = (of: string, letter: Letter) => {
    const letters = world.deadLetters.get(of);
    if (letters?.waiting().includes(letter)) {
      letters.takeOut(letter);
      timeline.say('a person', `redrives a dead letter of ${of}`);
      redriveOne(world, of, letter);
    }
  };
  world.onLetter((of, letter) => {
    // What comes again after it was redriven in a world that is healed is poison, and stays.
    // Why it was given up may be told in other words each time, so of a message its body counts.
    const what = letter.kind === 'message' ? letter.body : JSON.stringify(letter);
    const content = `${of} ${what}`;
    const isHealed = kernel.now() >= healedMs;
    if (isHealed && came.has(content)) {
      return;
    }
    if (isHealed) {
      came.add(content);
    }
    const key = `a person sees ${content} at ${kernel.now()}`;
    const seenMs = dice.int(key, 1, 2) * attentionMs;
    // In trouble that lasts, some of them wait until it is over.
    const isLeft = !isHealed && dice.chance(`leaves ${key}`, 0.2);
    const inMs = isLeft ? Math.max(seenMs, healedMs - kernel.now()) : seenMs;
    kernel.after(inMs, key, () => redrive(of, letter));
  });
}

function redriveOne(world: MovingWorld, of: string, letter: Letter): void {
  const letters = world.deadLetters.get(of);
  const number = letters?.redriven() ?? 0;
  if (letter.kind === 'message') {
    world.queues.get(of)?.send(`redriven ${number}`, letter.body);
  }
  if (letter.kind === 'range') {
    const { shardId, startSequenceNumber, endSequenceNumber } = letter;
    const stream = Object.values(world.streams).find(({ shards }) =>
      shards.some(({ id }) => id === shardId),
    );
    const Records = stream?.range(shardId, startSequenceNumber, endSequenceNumber);
    world.lambda.invoke(
      {
        function: of,
        name: `${of} redriven ${number}`,
        event: { Records, shardId, redriven: true },
      },
      (answer) => {
        if (answer.kind === 'failed') {
          // What was not done again waits on.
          letters?.take(letter);
        }
      },
    );
  }
  // What a scheduled run would have done the next one does.
}

function seeToParked(core: Core, world: MovingWorld): void {
  const { dice, kernel } = core;
  const { stores, api } = world;
  const resolve = async (request: ApiRequest, by: string) => {
    for (let sent = 1; sent <= sends; sent++) {
      const answer = await api.call(by, request);
      if (answer && answer.status < 500) {
        return;
      }
      await new Promise<void>((resume) =>
        kernel.after(dice.int(`${by} ${sent}`, 1_000, minuteMs), `${by} again ${sent}`, () =>
          resume(),
        ),
      );
    }
  };
  world.onEvent((event) => {
    if (event.type !== 'payment.parked' && event.type !== 'payout.parked') {
      return;
    }
    const { subject, sequence } = event as AnyEvent;
    const by = `a person, of ${world.names.get(subject) ?? subject}#${sequence}`;
    if (!dice.chance(by, seenTo)) {
      return;
    }
    kernel.after(dice.int(`${by} sees`, 5, 600) * minuteMs, `${by} sees`, () => {
      const payment = stores.payments.states.get(subject);
      const payout = stores.payouts.states.get(subject);
      const words = payment ? wordsOn(world, payment) : payout ? wordsOnPayout(world, payout) : [];
      for (const word of words) {
        const asks = word.outcome !== 'resume' && dice.chance(`${by} asks`, 0.6);
        const said = asks ? [{ operation_id: word.operation_id, outcome: 'ask' }, word] : [word];
        void (async () => {
          for (const body of said) {
            await resolve(requestOf(subject, body), by);
          }
        })();
      }
      void api.call(`${by}, reading`, {
        function: 'operations-parked',
        method: 'GET',
        resource: '/operations/parked',
        path: {},
        tenant: 'operations',
      });
    });
  });
}

function requestOf(paymentId: string, word: object): ApiRequest {
  return {
    function: 'operations-parked',
    method: 'POST',
    resource: '/operations/parked/{payment_id}/resolve',
    path: { payment_id: paymentId },
    tenant: 'operations',
    body: { ...word, reason: 'as it is in the books there' },
  };
}

/** What is so, of something that waits for a person. */
interface Truth {
  readonly operation_id: string;
  readonly outcome: 'took_effect' | 'no_effect' | 'resume' | 'ask';
  readonly provider_reference?: string;
}

/** What whoever looks into the PSP's books can say. */
function wordsOn({ psps }: MovingWorld, payment: Payment): Truth[] {
  return parkedOf(payment).map(({ operationId, operation, unknown }) => {
    if (!unknown) {
      return { operation_id: operationId, outcome: 'resume' };
    }
    const verdict = psps.get(providerOf(payment))?.arrived.get(operationId)?.verdict;
    if (!verdict || verdict.kind === 'declined') {
      return { operation_id: operationId, outcome: 'no_effect' };
    }
    if (verdict.kind === 'approved' && verdict.amountMinor !== payment.request.amount) {
      // It took effect, and not as it was asked for: of that only the PSP itself has the amount.
      return { operation_id: operationId, outcome: 'ask' };
    }
    return {
      operation_id: operationId,
      outcome: 'took_effect',
      ...(operation === 'charge' && verdict.kind === 'approved'
        ? { provider_reference: verdict.providerReference }
        : {}),
    };
  });
}

function wordsOnPayout({ bank }: MovingWorld, payout: Payout): Truth[] {
  const parked = parkedOfPayout(payout);
  if (!parked) {
    return [];
  }
  if (!payout.unknown) {
    return [{ operation_id: payout.id, outcome: 'resume' }];
  }
  const verdict = bank.arrived.get(payout.id)?.verdict;
  return verdict?.kind === 'accepted'
    ? [
        {
          operation_id: payout.id,
          outcome: 'took_effect',
          provider_reference: verdict.bankReference,
        },
      ]
    : [{ operation_id: payout.id, outcome: 'no_effect' }];
}
