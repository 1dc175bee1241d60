import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { FaultPlan } from '../kernel/faults.ts';
import { aCore, runAll } from '../testing/core.ts';
import { type DeadLetters, deadLetters } from './dead-letters.ts';
import { lambda } from './lambda.ts';
import { queue } from './queue.ts';

/** A queue with messages, and a function that fails for some of them as often as is said. */
async function workedOff(
  fails: Readonly<Record<string, number>>,
  {
    whole = false,
    plan = {},
  }: { readonly whole?: boolean; readonly plan?: Partial<FaultPlan> } = {},
) {
  const core = aCore(plan);
  const left = new Map(Object.entries(fails));
  const done: string[] = [];
  const receives: number[] = [];
  const functions = lambda(
    core,
    new Map([
      [
        'worker',
        {
          name: 'worker',
          timeoutMs: 1_000,
          load:
            () =>
            async ({ Records }: SQSEvent) => {
              const batchItemFailures = [];
              for (const { messageId, attributes } of Records) {
                receives.push(Number(attributes.ApproximateReceiveCount));
                const failures = left.get(messageId) ?? 0;
                left.set(messageId, failures - 1);
                if (failures > 0) {
                  batchItemFailures.push({ itemIdentifier: messageId });
                } else {
                  done.push(messageId);
                }
              }
              if (whole && batchItemFailures.length > 0) {
                throw new Error('all of it');
              }
              return { batchItemFailures };
            },
        },
      ],
    ]),
  );
  const letters: DeadLetters = deadLetters('worker', () => {});
  const work = queue(core, functions, {
    function: 'worker',
    visibilityMs: 6_000,
    maxReceives: 5,
    deadLetters: letters,
  });
  for (const id of ['a', 'b', 'c']) {
    work.send(id, `body of ${id}`);
  }
  await runAll(core);
  return { done, receives, letters: letters.all, left: work.messages(), core };
}

describe('a queue', () => {
  it('has each message done, in any order', async () => {
    const { done, left, letters } = await workedOff({});
    expect(done.sort()).toEqual(['a', 'b', 'c']);
    expect([left, letters]).toEqual([[], []]);
  });

  it('gives a message of a batch again that failed, and not its neighbours', async () => {
    const { done, receives, core } = await workedOff({ b: 2 });
    expect(done.sort()).toEqual(['a', 'b', 'c']);
    expect(Math.max(...receives)).toBe(3);
    expect(core.kernel.now()).toBeGreaterThan(2 * 6_000);
  });

  it('gives the whole batch again when its function fails', async () => {
    const { done } = await workedOff({ b: 1 }, { whole: true });
    expect(done.filter((id) => id === 'b')).toHaveLength(1);
    expect(done.length).toBeGreaterThan(3);
  });

  it('gives a message up that was received five times, with its body', async () => {
    const { done, letters, left } = await workedOff({ b: 99 });
    expect(done.sort()).toEqual(['a', 'c']);
    expect(letters).toEqual([
      { kind: 'message', body: 'body of b', errorName: null, reason: null, receives: 5 },
    ]);
    expect(left).toEqual([]);
  });

  it('may deliver twice, and late', async () => {
    const twice = await workedOff({}, { plan: { rates: { queue_twice: 1 }, untilMs: 1_000 } });
    expect(twice.done.length).toBeGreaterThan(3);
    expect(new Set(twice.done)).toEqual(new Set(['a', 'b', 'c']));
    const late = await workedOff({}, { plan: { rates: { queue_late: 1 } } });
    expect(late.done.sort()).toEqual(['a', 'b', 'c']);
    expect(late.core.kernel.now()).toBeGreaterThan(500);
  });
});
