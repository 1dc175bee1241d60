import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/facts.ts';
import { anAccepted, aReserved } from '../../../test/support/reserved.ts';
import { assessRisk } from './assess-risk.ts';

const rules = { maxAmountMinor: 10_000, blockedPaymentMethods: ['tok_blocked'] };

describe('assess-risk', () => {
  it('lets a payment within the rules pass, and writes nothing', async () => {
    const { store, command, types } = await anAccepted();
    await assessRisk({ load: store.load, rules })(command);
    expect(await types()).toEqual(['accepted']);
  });

  it.each([
    [{ amount: 10_001 }, 'amount_above_limit'],
    [{ payment_method: 'tok_blocked' }, 'blocked_payment_method'],
  ])('refuses %o by name and rule, each time, and writes nothing', async (request, rule) => {
    const { store, command, types } = await anAccepted(request);
    for (let i = 0; i < 2; i++) {
      await expect(assessRisk({ load: store.load, rules })(command)).rejects.toMatchObject({
        name: 'RiskRefused',
        message: rule,
      });
    }
    expect(await types()).toEqual(['accepted']);
  });

  it('stops at a payment that has ended', async () => {
    const { store, command, write } = await anAccepted();
    await write(facts.failed);
    await expect(assessRisk({ load: store.load, rules })(command)).rejects.toMatchObject({
      name: 'Superseded',
    });
  });

  it('stops at a payment that another execution holds, and passes one of its own', async () => {
    const { store, command } = await aReserved();
    const assess = assessRisk({ load: store.load, rules });
    await expect(assess({ ...command, execution: 'e2' })).rejects.toMatchObject({
      name: 'Superseded',
    });
    await assess(command);
  });
});
