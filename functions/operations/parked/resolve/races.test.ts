import { describe, expect, it, vi } from 'vitest';
import type { PaymentFact } from '../../../../shared/contracts/events/payment-events.ts';
import { facts } from '../../../../test/support/payments/facts.ts';
import { aParked, why } from '../../../../test/support/payments/parked.ts';
import { approvedAs } from '../../../../test/support/payments/unknowns.ts';

const took = { provider_reference: 'ch_9' };

describe('the operator log', () => {
  it('has the word before it has an effect', async () => {
    const { resolveWith, said, id, since, acts, operationId } = await aParked('charge');
    const append = vi.fn().mockRejectedValue(new Error('died'));
    await resolveWith({ append })(id, said('took_effect', took));
    expect(await since()).toEqual([]);
    expect(await acts()).toMatchObject([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        time: expect.stringMatching(/^2026-/),
        by: 'key:operations',
        action: 'parked.resolve',
        subject: id,
        reason: why,
        details: {
          operation: 'charge',
          operation_id: operationId,
          outcome: 'took_effect',
          amount: '10000',
          currency: 'EUR',
          provider_reference: 'ch_9',
        },
      },
    ]);
  });

  it('out of reach, nothing is done', async () => {
    const { resolveWith, said, id, since } = await aParked('charge', [
      { kind: 'unavailable', reason: 'no answer' },
      approvedAs(),
    ]);
    const log = vi.fn().mockRejectedValue(new Error('died'));
    expect((await resolveWith({ log })(id, said('no_effect'))).status).toBe(500);
    expect((await resolveWith({ log })(id, said('ask'))).status).toBe(500);
    expect(await since()).toEqual([]);
  });
});

describe('a race', () => {
  it('of two words lets one win', async () => {
    const { say, since } = await aParked('charge');
    const answers = await Promise.all([
      say('took_effect', took),
      say('no_effect'),
      say('took_effect', took),
    ]);
    expect(answers.map(({ status }) => status).sort()).not.toContain(500);
    expect((await since()).filter((type) => type === 'outcome_resolved')).toHaveLength(1);
    const winner = (await since())[1] === 'captured' ? 'took_effect' : 'no_effect';
    for (const { status, json } of answers) {
      expect(status === 200 ? json.resolution.outcome : winner).toBe(winner);
    }
    expect(answers.some(({ status }) => status === 409)).toBe(true);
  });

  it('with the PSP’s own word is told as it is: what the PSP said counts', async () => {
    const { resolveWith, said, id, store, write, since, say } = await aParked('charge');
    let raced = false;
    const answer = await resolveWith({
      append: async (change) => {
        const done = await store.append(change);
        if (!raced) {
          raced = true;
          await write(facts.declined);
        }
        return done;
      },
    })(id, said('took_effect', took));
    expect(answer.json).toMatchObject({ code: 'invalid_state', state: 'no_effect' });
    expect(await since()).toEqual(['outcome_resolved', 'charge_declined']);
    expect((await say('no_effect')).json.resolution).toMatchObject({ by: 'psp', reason: null });
  });

  it('with another’s word that died leaves it at that word', async () => {
    const { resolveWith, said, id, store, write, since, say, operationId } =
      await aParked('charge');
    const others: PaymentFact = {
      type: 'payment.outcome_resolved',
      facts: {
        operation_id: operationId,
        operation: 'charge',
        outcome: 'no_effect',
        provider_reference: null,
        by: 'ann',
        reason: why,
      },
    };
    let raced = false;
    const answer = await resolveWith({
      append: async (change) => {
        if (!raced) {
          raced = true;
          await write(others);
        }
        return store.append(change);
      },
    })(id, said('took_effect', took));
    expect(answer.json).toMatchObject({ state: 'parked', allowed: ['no_effect'] });
    expect(await since()).toEqual(['outcome_resolved']);
    expect((await say('no_effect')).json.resolution).toMatchObject({ by: 'ann' });
  });

  it('with an execution that finds out that nobody knows leaves it waiting', async () => {
    const { resolveWith, said, id, store, write, since } = await aParked('stuck charge');
    let raced = false;
    const answer = await resolveWith({
      append: async (change) => {
        if (!raced) {
          raced = true;
          await write(facts.unknownCharge);
        }
        return store.append(change);
      },
    })(id, said('resume'));
    expect(answer.json).toMatchObject({
      state: 'parked',
      allowed: ['took_effect', 'no_effect', 'ask'],
    });
    expect(await since()).toEqual(['outcome_unknown']);
  });

  it('with the execution that goes on already does not begin it anew', async () => {
    const { resolveWith, said, id, store, write, since, say } = await aParked('reverse');
    const append = vi.fn(store.append).mockImplementationOnce(store.append);
    append.mockRejectedValueOnce(new Error('died'));
    await resolveWith({ append })(id, said('no_effect'));
    let raced = false;
    const answer = await resolveWith({
      events: async (of) => {
        const events = await store.events(of);
        if (!raced) {
          raced = true;
          await write(facts.resumed, facts.restarted);
        }
        return events;
      },
    })(id, said('no_effect'));
    expect(answer.status).toBe(200);
    expect(await since()).toEqual(['outcome_resolved', 'resumed', 'execution_restarted']);
    expect((await say('no_effect')).text).toBe(answer.text);
  });
});
