import { describe, expect, it } from 'vitest';
import { delivered, edges } from '../../../test/support/dead-letters/letters.ts';
import { deadLetterWorld } from '../../../test/support/dead-letters/world.ts';
import type { AnyEvent } from '../../contracts/events/events.ts';
import { examine } from './examine.ts';

/** What is at risk in a letter of an event of a payment of EUR 100.00, changed. */
async function riskOf(change: (event: AnyEvent) => object) {
  const { deps, pay } = deadLetterWorld();
  const { event } = await pay();
  const body = delivered(change(event) as AnyEvent);
  const letter = { id: 'l-1', sent: deps.now(), body, attributes: {} };
  const { atRisk, isRiskKnown, verdict } = await examine(deps)(edges.list, letter);
  return { amounts: atRisk.map(({ amountMinor }) => amountMinor), isRiskKnown, verdict };
}

const ofPayment = (event: AnyEvent, changed: object) => ({
  ...event,
  data: {
    ...event.data,
    payment: { ...('payment' in event.data && event.data.payment), ...changed },
  },
});

describe('what is at risk in a letter', () => {
  it('is the amount of the payment', async () => {
    expect(await riskOf((event) => event)).toMatchObject({ amounts: [10_000], isRiskKnown: true });
  });

  it('is what is on record where the letter says less, and what it says where that is more', async () => {
    const less = await riskOf((event) => ofPayment(event, { amount: 1 }));
    expect(less).toMatchObject({ amounts: [10_000], isRiskKnown: true });
    const more = await riskOf((event) => ofPayment(event, { amount: 20_000 }));
    expect(more).toMatchObject({ amounts: [20_000], isRiskKnown: true });
  });

  it('is not known where the letter is of another currency than the record', async () => {
    const { isRiskKnown } = await riskOf((event) => ofPayment(event, { currency: 'JPY' }));
    expect(isRiskKnown).toBe(false);
  });

  it('is not known of what is not on record', async () => {
    const id = '01900000-0000-7000-8000-00000000dead';
    const found = await riskOf((event) => ({ ...event, id }));
    expect(found).toMatchObject({ isRiskKnown: false, verdict: { kind: 'not_on_record' } });
  });

  it('is not known of what is not of the contract, though it names a payment', async () => {
    const found = await riskOf((event) => ({ ...event, data: {} }));
    expect(found).toMatchObject({ isRiskKnown: false, verdict: { kind: 'fails_again' } });
  });
});
