import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/facts.ts';
import { anAccepted, aReserved } from '../../../test/support/reserved.ts';
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
});
