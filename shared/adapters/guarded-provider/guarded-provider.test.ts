import { describe, expect, it, vi } from 'vitest';
import {
  busy,
  declined,
  done,
  guardedPsp,
  inquiryRequest,
  unknown,
  voidRequest,
} from '../../../test/support/psp/guarded-psp.ts';
import type { OperationOutcome, Provider } from '../../ports/provider.ts';
import { metrics } from '../../runtime/observability.ts';

/** What stands for nothing sent, and why. */
const notSent = (why: string) => ({ kind: 'busy', reason: `not sent: ${why}` });

/** An answer that comes when it is told to. */
function later() {
  let end: (outcome: OperationOutcome) => void = () => {};
  const answer = new Promise<OperationOutcome>((resolve) => {
    end = resolve;
  });
  return { answer: () => answer, end: (outcome: OperationOutcome) => end(outcome) };
}

describe('a guarded PSP', () => {
  it.each(['charge', 'capture', 'void', 'refund', 'inquire'] as const)(
    'gives back what its PSP says to %s, asked as the caller did',
    async (operation) => {
      const { process, health } = guardedPsp();
      const answers = vi.fn(async () => ({ kind: 'declined', code: 'c', message: 'm' }));
      const provider = { name: 'other', [operation]: answers } as unknown as Provider;
      const guarded = process(health, provider);
      const request = { operationId: 'op' };
      expect(await guarded[operation](request as never)).toEqual(await answers());
      expect(answers).toHaveBeenCalledWith(request);
      expect(guarded.name).toBe('other');
    },
  );

  it.each([
    ['an error', new Error('broken')],
    ['something else', 'broken'],
  ])('does not know what happened when the call ended in %s of ours', async (_, error) => {
    const { process, world, health } = guardedPsp({ slots: 1 });
    world.answer = async () => {
      throw error;
    };
    const guarded = process();
    for (let call = 0; call < 5; call++) {
      expect(await guarded.void(voidRequest)).toMatchObject({ kind: 'unknown' });
    }
    expect(await health.breaker('psp')).toMatchObject({ state: 'closed', failures: 0 });
    const failing = { ...guardedPsp().provider, inquire: () => Promise.reject(error) };
    expect(await process(health, failing).inquire(inquiryRequest)).toMatchObject({
      kind: 'unavailable',
    });
  });
});

describe('a call without the time for an answer and its record', () => {
  it('is not sent, and is nothing to the health of its PSP', async () => {
    const { process, world, health } = guardedPsp({ slots: 1 });
    world.remainingMs = 799;
    const taking = vi.spyOn(health, 'takeSlot');
    const why = 'too little time is left for an answer';
    expect(await process().void(voidRequest)).toEqual(notSent(why));
    expect(await process().inquire(inquiryRequest)).toEqual({
      kind: 'unavailable',
      reason: `not sent: ${why}`,
    });
    expect(world.calls).toBe(0);
    expect(taking).not.toHaveBeenCalled();
    world.remainingMs = 800;
    expect(await process().void(voidRequest)).toEqual(done);
  });

  it('is not sent either when the time went by while it waited for its turn', async () => {
    const { process, world, health } = guardedPsp({ slots: 1 });
    vi.spyOn(health, 'takeSlot').mockImplementationOnce(async () => {
      world.remainingMs = 799;
      return true;
    });
    const releasing = vi.spyOn(health, 'releaseSlot');
    expect(await process().void(voidRequest)).toMatchObject({ kind: 'busy' });
    expect(world.calls).toBe(0);
    expect(releasing).toHaveBeenCalledTimes(1);
  });
});

describe('the slots of a PSP', () => {
  it('are as many as there are, over all processes', async () => {
    const { process, world } = guardedPsp({ slots: 2 });
    const slow = later();
    world.answer = slow.answer;
    const under = [process().void(voidRequest), process().void(voidRequest)];
    expect(await process().void(voidRequest)).toEqual(
      notSent('psp has as many calls under way as it takes'),
    );
    slow.end(done);
    expect(await Promise.all(under)).toEqual([done, done]);
    expect(world.calls).toBe(2);
    expect(await process().void(voidRequest)).toEqual(done);
  });

  it('are free again after each way in which a call ends', async () => {
    const { process, world, health } = guardedPsp({ slots: 1, rate: { perSecond: 1, burst: 4 } });
    const guarded = process();
    const ends = [
      async () => declined,
      async () => unknown,
      async () => busy,
      () => Promise.reject(new Error('broken')),
      // And of the fifth, for which there is no token.
      async () => done,
    ];
    for (const answer of ends) {
      world.answer = answer;
      await guarded.void(voidRequest);
      const limits = { psp: { breaker: { failures: 1, windowMs: 1, coolDownMs: 1 } } as never };
      expect(await health.read(limits, world.nowMs)).toMatchObject([{ slotsInUse: 0 }]);
    }
    expect(world.calls).toBe(4);
  });

  it('are free again some time after their process crashed', async () => {
    const { process, world } = guardedPsp({ slots: 1 });
    world.answer = later().answer;
    void process().void(voidRequest);
    await expect.poll(() => world.calls).toBe(1);
    world.answer = async () => done;
    world.nowMs += 1_999;
    expect(await process().void(voidRequest)).toMatchObject({ kind: 'busy' });
    world.nowMs += 1;
    expect(await process().void(voidRequest)).toEqual(done);
  });

  it('cost a process that has its own one write, which it makes first', async () => {
    const { process, health } = guardedPsp({ slots: 10 });
    await health.takeSlot('psp', 0, { holder: 'another', nowMs: 0, untilMs: 9_999_999 });
    const taking = vi.spyOn(health, 'takeSlot');
    const guarded = process();
    await guarded.void(voidRequest);
    expect(taking.mock.calls.map(([, slot]) => slot)).toEqual([0, 1]);
    await guarded.void(voidRequest);
    expect(taking.mock.calls.map(([, slot]) => slot)).toEqual([0, 1, 1]);
  });
});

describe('the question which payment a charge is of', () => {
  const able = (calls: string[]) => ({
    ...guardedPsp().provider,
    referenceOf: async (charge: string) => {
      calls.push(charge);
      return 'payment';
    },
  });

  it('is asked where the PSP can tell', async () => {
    const { process, health } = guardedPsp();
    const calls: string[] = [];
    expect(await process(health, able(calls)).referenceOf?.('ch_1')).toBe('payment');
    expect(calls).toEqual(['ch_1']);
    expect(process()).not.toHaveProperty('referenceOf');
  });

  it('is not asked without time for an answer, or more often than the PSP takes', async () => {
    const { process, health, world } = guardedPsp({ rate: { perSecond: 1, burst: 1 } });
    const calls: string[] = [];
    const guarded = process(health, able(calls));
    world.remainingMs = 799;
    await expect(guarded.referenceOf?.('ch_1')).rejects.toThrow('too little time is left');
    world.remainingMs = 800;
    await guarded.referenceOf?.('ch_1');
    await expect(guarded.referenceOf?.('ch_2')).rejects.toThrow('as often as it takes');
    expect(calls).toEqual(['ch_1']);
  });
});

describe('the rate limit of a PSP', () => {
  it('holds over all processes, for inquiries as well', async () => {
    const { process, world } = guardedPsp({ rate: { perSecond: 1, burst: 2 } });
    expect(await process().void(voidRequest)).toEqual(done);
    expect(await process().inquire(inquiryRequest)).toEqual({ kind: 'not_found' });
    const why = 'psp is asked as often as it takes';
    expect(await process().void(voidRequest)).toEqual(notSent(why));
    expect(await process().inquire(inquiryRequest)).toEqual({
      kind: 'unavailable',
      reason: `not sent: ${why}`,
    });
    expect(world.calls).toBe(2);
    world.nowMs += 1_000;
    expect(await process().void(voidRequest)).toEqual(done);
  });
});

describe('what is counted', () => {
  it.each([
    ['a slot', { slots: 1 }],
    ['a token', { rate: { perSecond: 1, burst: 1 } }],
  ])('is a call for which there is not %s', async (_, limits) => {
    const { process, world } = guardedPsp(limits);
    const counted = vi.spyOn(metrics, 'addMetric');
    world.answer = later().answer;
    void process().void(voidRequest);
    await expect.poll(() => world.calls).toBe(1);
    await process().void(voidRequest);
    expect(counted.mock.calls).toEqual([['ProviderThrottled', 'Count', 1]]);
  });

  it('is nothing of a call for which there was no time', async () => {
    const { process, world } = guardedPsp();
    const counted = vi.spyOn(metrics, 'addMetric');
    world.remainingMs = 0;
    await process().void(voidRequest);
    expect(counted).not.toHaveBeenCalled();
  });
});
