import { describe, expect, it } from 'vitest';
import { parkedOf } from '../../shared/domain/payment/recovery/parked.ts';
import { hourMs, paid, says } from '../support/sagas/paid.ts';

const { approved, authorized, declined, done, noAnswer, notFound, other, unavailable } = says;
const takenOver = ['resumed', 'execution_restarted'];

describe('a charge of which nobody knows', () => {
  it('fails, with its hold released, when the PSP says later that it declined it', async () => {
    const { settled, events, load, calls, pendingMinor } = await paid({
      charge: [noAnswer],
      inquire: [unavailable, notFound, declined],
    });
    const ended = await settled();
    expect(await events()).toEqual([
      'accepted',
      'reserved',
      'outcome_unknown',
      'charge_declined',
      ...takenOver,
      'reservation_released',
      'failed',
    ]);
    expect(await load()).toMatchObject({ status: 'failed', failure: { code: 'lost_card' } });
    expect([calls('charge'), calls('inquire'), pendingMinor()]).toEqual([1, 3, 0n]);
    expect(ended.map(({ execution, result }) => [execution.machine, result])).toEqual([
      ['payment', 'succeeded'],
      ['resolve', 'succeeded'],
      ['payment', 'succeeded'],
    ]);
  });

  it.each([
    ['automatic', approved, 'captured'],
    ['manual', authorized, 'authorized'],
  ] as const)(
    'of a payment with %s capture is where it is when the PSP says that it approved it',
    async (capture_method, answer, status) => {
      const { settled, events, load, calls } = await paid(
        { charge: [noAnswer], inquire: [answer] },
        { capture_method },
      );
      await settled();
      expect(await events()).toEqual(['accepted', 'reserved', 'outcome_unknown', status]);
      expect((await load()).status).toBe(status);
      expect(calls('charge')).toBe(1);
    },
  );

  it('fails as never processed when the PSP has no record of it after its window', async () => {
    const { settled, load, calls, events } = await paid({
      charge: [noAnswer],
      inquire: [notFound],
    });
    await settled();
    expect(await load()).toMatchObject({ status: 'failed', failure: { code: 'not_processed' } });
    // Within the window that says nothing: three times it was not believed.
    expect([calls('charge'), calls('inquire')]).toEqual([1, 4]);
    expect((await events()).slice(3, 5)).toEqual(['charge_declined', 'resumed']);
  });

  it('is reversed, released and failed when the PSP says that it approved something else', async () => {
    const { settled, events, load, asked, pendingMinor } = await paid({
      charge: [noAnswer],
      inquire: [other],
      refund: [done],
    });
    await settled();
    expect((await events()).slice(3)).toEqual([
      'charge_mismatched',
      ...takenOver,
      'charge_reversed',
      'reservation_released',
      'failed',
    ]);
    expect(await load()).toMatchObject({
      status: 'failed',
      failure: { code: 'provider_mismatch' },
    });
    expect(asked.map(({ call }) => call)).toEqual(['charge', 'inquire', 'refund']);
    expect(pendingMinor()).toBe(0n);
  });

  it('waits for a person at the end of the schedule, with its hold, and is left alone', async () => {
    const { settled, events, load, calls, sweep, pass, pendingMinor } = await paid({
      charge: [noAnswer],
      inquire: [unavailable],
    });
    await settled();
    pass(1_000 * hourMs);
    await sweep();
    expect(await settled()).toEqual([]);
    expect((await events()).slice(2)).toEqual(['outcome_unknown', 'parked']);
    expect(parkedOf(await load())).toMatchObject([{ operation: 'charge', unknown: true }]);
    expect([calls('charge'), calls('inquire'), pendingMinor()]).toEqual([1, 6, 10_000n]);
  });
});

describe('a reversal of which nobody knows', () => {
  const mismatched = { charge: [other], refund: [noAnswer, done] };

  it('is done when the PSP says so, and the payment fails', async () => {
    const { settled, events, load, calls } = await paid({ ...mismatched, inquire: [done] });
    await settled();
    expect((await events()).slice(2)).toEqual([
      'charge_mismatched',
      'outcome_unknown',
      'charge_reversed',
      ...takenOver,
      'reservation_released',
      'failed',
    ]);
    expect((await load()).status).toBe('failed');
    expect(calls('refund')).toBe(1);
  });

  it('is sent again, under the same id, when the PSP never got it', async () => {
    const { settled, events, load, asked } = await paid({ ...mismatched, inquire: [notFound] });
    await settled();
    expect((await events()).slice(3)).toEqual([
      'outcome_unknown',
      'outcome_resolved',
      ...takenOver,
      'charge_reversed',
      'reservation_released',
      'failed',
    ]);
    const sent = asked.filter(({ call }) => call === 'refund');
    expect(sent.map(({ operationId }) => operationId)).toEqual([
      sent[0]?.operationId,
      sent[0]?.operationId,
    ]);
    expect((await load()).failure?.code).toBe('provider_mismatch');
  });

  it('that the PSP refuses for good is begun anew a few times, and then waits for a person', async () => {
    const { settled, load, sweep, pass } = await paid({
      charge: [other],
      refund: [noAnswer, { ...declined, code: 'too_late' }],
      inquire: [{ ...declined, code: 'too_late' }],
    });
    await settled();
    for (let round = 0; round < 5; round++) {
      pass(hourMs);
      await sweep();
      await settled();
    }
    expect(await load()).toMatchObject({
      status: 'processing',
      hold: { state: 'pending' },
      parked: { operation: 'reverse' },
      progress: { resumes: 3 },
    });
  });
});
