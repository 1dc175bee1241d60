import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { anAccepted, aReserved } from '../../../test/support/payments/reserved.ts';
import { assessRisk } from './assess-risk.ts';

const rules = { maxAmountMinor: 10_000, blockedPaymentMethods: ['tok_blocked'] };

describe('assess-risk', () => {
  it('lets a payment within the rules pass, and writes nothing', async () => {
    const { deps, command, types } = await anAccepted();
    await assessRisk({ ...deps, rules })(command);
    expect(await types()).toEqual(['accepted']);
  });

  it.each([
    [{ amount: 10_001 }, 'amount_above_limit'],
    [{ payment_method: 'tok_blocked' }, 'blocked_payment_method'],
  ])('refuses %o by name and rule, each time, and writes nothing', async (request, rule) => {
    const { deps, command, types } = await anAccepted(request);
    for (let i = 0; i < 2; i++) {
      await expect(assessRisk({ ...deps, rules })(command)).rejects.toMatchObject({
        name: 'RiskRefused',
        message: rule,
      });
    }
    expect(await types()).toEqual(['accepted']);
  });

  it('stops at a payment that has ended', async () => {
    const { deps, command, write } = await anAccepted();
    await write(facts.failed);
    await expect(assessRisk({ ...deps, rules })(command)).rejects.toMatchObject({
      name: 'Superseded',
    });
  });

  it('stops at a payment that another execution holds', async () => {
    const { deps, command, types } = await aReserved();
    const assess = assessRisk({ ...deps, rules });
    await expect(assess({ ...command, execution: 'e2' })).rejects.toMatchObject({
      name: 'Superseded',
    });
    expect(await types()).toEqual(['accepted', 'reserved']);
  });

  it('puts on record, once, that its execution began anew', async () => {
    const { deps, command, types, load } = await aReserved();
    const assess = assessRisk({ ...deps, rules });
    await assess({ ...command, retries: 3 });
    await assess(command);
    expect(await types()).toEqual(['accepted', 'reserved', 'execution_restarted']);
    expect(await load()).toMatchObject({ restarted: true, hold: { state: 'pending' } });
  });

  it('takes over a payment that was resumed, and says so each time that it was', async () => {
    const { deps, command, types, load, write } = await aReserved();
    const assess = assessRisk({ ...deps, rules });
    await write(facts.resumed);
    const next = { ...command, execution: 'e2' };
    await assess(next);
    await assess(next);
    expect(await load()).toMatchObject({
      execution: 'e2',
      restarted: true,
      hold: { state: 'pending' },
      progress: { resumes: 1, resumed: false },
    });
    await write(facts.resumed);
    await assess({ ...command, execution: 'e3' });
    expect((await types()).slice(2)).toEqual([
      'resumed',
      'execution_restarted',
      'resumed',
      'execution_restarted',
    ]);
    for (const execution of ['e1', 'e2']) {
      await expect(assess({ ...command, execution })).rejects.toMatchObject({ name: 'Superseded' });
    }
  });

  it('lets one of two executions take over what was resumed', async () => {
    const { deps, command, load, write, types } = await aReserved();
    const assess = assessRisk({ ...deps, rules });
    await write(facts.resumed);
    const results = await Promise.allSettled(
      ['e2', 'e3'].map((execution) => assess({ ...command, execution })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = results[0]?.status === 'fulfilled' ? 'e2' : 'e3';
    expect((await load()).execution).toBe(winner);
    expect(await types()).toEqual(['accepted', 'reserved', 'resumed', 'execution_restarted']);
  });

  it('does not judge again what is held: it was judged before', async () => {
    const { deps, command, write } = await aReserved();
    await write(facts.resumed);
    const stricter = { ...rules, maxAmountMinor: 1 };
    await expect(
      assessRisk({ ...deps, rules: stricter })({ ...command, execution: 'e2' }),
    ).resolves.toBeUndefined();
  });

  it('judges a payment that was resumed before anything was held, and takes nothing', async () => {
    const { deps, command, write, types } = await anAccepted({ amount: 10_001 });
    await write(facts.resumed);
    const judged = assessRisk({ ...deps, rules })({ ...command, execution: 'e2' });
    await expect(judged).rejects.toMatchObject({ name: 'RiskRefused' });
    expect(await types()).toEqual(['accepted', 'resumed']);
  });
});
