import { describe, expect, it, vi } from 'vitest';
import { facts } from '../../test/support/payments/facts.ts';
import { anAccepted, aReserved } from '../../test/support/payments/reserved.ts';
import { changePayment, type PaymentChange, type Stamp } from '../domain/payment/change.ts';
import type { Payment } from '../domain/payment/state.ts';
import { Refusal } from '../domain/saga/refusal.ts';
import { advance, change, claim, loadOwned } from './advance.ts';

const reserved = (payment: Payment, stamp: Stamp): PaymentChange =>
  changePayment(payment, facts.reserved, stamp);

describe('the payment of an execution', () => {
  it('is anybody’s before the reservation, and its execution’s from then on', async () => {
    const accepted = await anAccepted();
    const other = { ...accepted.command, execution: 'e2' };
    expect(await loadOwned(accepted.store.load, other)).toEqual(await accepted.load());
    const { store, command, load } = await aReserved();
    expect(await loadOwned(store.load, command)).toEqual(await load());
    await expect(loadOwned(store.load, { ...command, execution: 'e2' })).rejects.toMatchObject({
      name: 'Superseded',
    });
  });

  it('that is not in the store is a fault, not a refusal', async () => {
    const { command } = await anAccepted();
    const missing = loadOwned(async () => null, command);
    await expect(missing).rejects.toThrow('is not in the store');
    await expect(missing).rejects.not.toBeInstanceOf(Refusal);
  });
});

describe('a payment that was resumed', () => {
  const taken = (execution: string) => (payment: Payment, stamp: Stamp) =>
    changePayment(payment, { type: 'payment.execution_restarted', facts: { execution } }, stamp);

  it('is for the first step of an execution to take, and for nobody else', async () => {
    const { deps, command, write } = await aReserved();
    await write(facts.resumed);
    for (const execution of ['e1', 'e2']) {
      const owned = advance(deps, { ...command, execution }, reserved);
      await expect(owned).rejects.toMatchObject({ name: 'Superseded' });
    }
    const after = await claim(deps, { ...command, execution: 'e2' }, taken('e2'));
    expect(after).toMatchObject({ execution: 'e2', progress: { resumed: false } });
  });

  it('is over for the execution that had it once another one has taken it', async () => {
    const { deps, command, write } = await aReserved();
    await write(facts.resumed);
    await claim(deps, { ...command, execution: 'e2' }, taken('e2'));
    for (const by of [advance, claim]) {
      await expect(by(deps, command, taken('e1'))).rejects.toMatchObject({ name: 'Superseded' });
    }
    const again = await advance(deps, { ...command, execution: 'e2' }, () => null);
    expect(again.execution).toBe('e2');
  });

  it('before its reservation is anybody’s, as it was', async () => {
    const { deps, command, write } = await anAccepted();
    await write(facts.resumed);
    expect(await advance(deps, command, reserved)).toMatchObject({
      execution: 'e1',
      progress: { resumes: 1, resumed: false },
    });
  });

  it('is one execution’s when ten take it at once', async () => {
    const { deps, command, write, load, types } = await aReserved();
    await write(facts.resumed);
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        claim(deps, { ...command, execution: `n${index}` }, (payment, stamp) =>
          payment.execution === `n${index}` ? null : taken(`n${index}`)(payment, stamp),
        ),
      ),
    );
    const winners = results.flatMap(({ status }, index) =>
      status === 'fulfilled' ? [`n${index}`] : [],
    );
    expect(winners).toEqual([(await load()).execution]);
    expect(await types()).toEqual(['accepted', 'reserved', 'resumed', 'execution_restarted']);
  });

  it('that another execution has is not for a first step to take, unless it was resumed', async () => {
    const { deps, command } = await aReserved();
    const other = claim(deps, { ...command, execution: 'e2' }, taken('e2'));
    await expect(other).rejects.toMatchObject({ name: 'Superseded' });
  });
});

describe('a change of a payment', () => {
  it('is written once, and gives the payment with the change in it', async () => {
    const { deps, command, load } = await anAccepted();
    const after = await advance(deps, command, reserved);
    expect(after).toEqual(await load());
    expect(after).toMatchObject({ version: 2, execution: 'e1' });
  });

  it('is not written when there is none to make', async () => {
    const { deps, command, load } = await anAccepted();
    const append = vi.fn(deps.append);
    expect(await advance({ ...deps, append }, command, () => null)).toEqual(await load());
    expect(append).not.toHaveBeenCalled();
  });

  it('is decided anew, on what is there now and with a new stamp, when another came first', async () => {
    const { deps, command, write } = await anAccepted();
    const seen: [number, string][] = [];
    const after = await advance(
      {
        ...deps,
        append: async (change) => {
          if (seen.length === 1) {
            await write(facts.busy);
          }
          return deps.append(change);
        },
      },
      command,
      (payment, stamp) => {
        seen.push([payment.version, stamp.eventId]);
        return reserved(payment, stamp);
      },
    );
    expect(seen.map(([version]) => version)).toEqual([1, 2]);
    expect(new Set(seen.map(([, eventId]) => eventId)).size).toBe(2);
    expect(after.version).toBe(3);
  });

  it('stops when the other that came first owns the payment', async () => {
    const { deps, command, store } = await anAccepted();
    const overtaken = advance(
      {
        ...deps,
        append: async (change) => {
          await advance(deps, { ...command, execution: 'e2' }, (payment, stamp) =>
            changePayment(
              payment,
              { ...facts.reserved, facts: { ...facts.reserved.facts, execution: 'e2' } },
              stamp,
            ),
          );
          return deps.append(change);
        },
      },
      command,
      reserved,
    );
    await expect(overtaken).rejects.toMatchObject({ name: 'Superseded' });
    expect(await store.load(command.paymentId)).toMatchObject({ version: 2, execution: 'e2' });
  });

  it('is a fault after ten that came first, and no endless loop', async () => {
    const { deps, command } = await anAccepted();
    const append = vi.fn(async () => 'conflict' as const);
    const beaten = advance({ ...deps, append }, command, reserved);
    await expect(beaten).rejects.toThrow('changed by others 10 times');
    await expect(beaten).rejects.not.toBeInstanceOf(Refusal);
    expect(append).toHaveBeenCalledTimes(10);
  });

  it('is not tried again when the store fails, or when it may not be made', async () => {
    const { deps, command } = await anAccepted();
    const append = vi.fn(() => Promise.reject(new Error('no table')));
    await expect(advance({ ...deps, append }, command, reserved)).rejects.toThrow('no table');
    expect(append).toHaveBeenCalledTimes(1);
    await expect(
      advance(deps, command, (payment, stamp) => changePayment(payment, facts.captured, stamp)),
    ).rejects.toMatchObject({ name: 'IllegalTransition' });
  });
});

describe('a change against others that change as well', () => {
  it('says whether there was one, and waits between its attempts, longer each time', async () => {
    const { deps, load } = await anAccepted();
    const conflicts = ['conflict', 'conflict'] as ('conflict' | undefined)[];
    const tried: number[] = [];
    const persistence = {
      attempts: 3,
      pause: async (attempt: number) => void tried.push(attempt),
    };
    const append: typeof deps.append = async (decided) => conflicts.shift() ?? deps.append(decided);
    const changed = await change({ ...deps, append }, load, reserved, persistence);
    expect(changed).toEqual({ payment: await load(), written: true });
    expect(tried).toEqual([1, 2]);
    expect(await change(deps, load, () => null, persistence)).toEqual({
      payment: await load(),
      written: false,
    });
  });

  it('gives up after its attempts, with nothing written', async () => {
    const { deps, load } = await anAccepted();
    const append = async () => 'conflict' as const;
    expect(await change({ ...deps, append }, load, reserved, { attempts: 2 })).toBeNull();
    expect((await load()).version).toBe(1);
  });
});
