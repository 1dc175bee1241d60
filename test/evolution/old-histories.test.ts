import { describe, expect, it } from 'vitest';
import { AnyEventSchema } from '../../shared/contracts/events/any-event.ts';
import type { PaymentEvent } from '../../shared/contracts/events/payment-events.ts';
import { paymentEventTypes } from '../../shared/contracts/events/payment-events.ts';
import { payoutEventTypes } from '../../shared/contracts/events/payout-events.ts';
import { Payment as PaymentAnswer } from '../../shared/contracts/payment.ts';
import { paymentEventVersion, payoutEventVersion } from '../../shared/domain/event-versions.ts';
import { changePayment } from '../../shared/domain/payment/change.ts';
import { factOf, foldPayment } from '../../shared/domain/payment/fold.ts';
import { type Payment, renderPayment } from '../../shared/domain/payment/state.ts';
import { foldPayout } from '../../shared/domain/payout/fold.ts';
import { renderPayout } from '../../shared/domain/payout/state.ts';
import { writeFixtures } from '../fixtures/events/write.ts';
import { asPublished, readPayments, readPayouts, storedLives } from './fixtures.ts';

const versions = (present: number) => Array.from({ length: present }, (_, index) => index + 1);

describe('the fixtures', () => {
  it.each([
    ...versions(paymentEventVersion).map((version) => ['payment', version] as const),
    ...versions(payoutEventVersion).map((version) => ['payout', version] as const),
  ])('have every type of %s event as version %i wrote it', (kind, version) => {
    const lives = storedLives.filter((life) => life.kind === kind && life.version === version);
    const types = new Set(lives.flatMap(({ events }) => events.map(({ type }) => type?.S)));
    const all: readonly string[] = kind === 'payment' ? paymentEventTypes : payoutEventTypes;
    expect(all.filter((type) => !types.has(type))).toEqual([]);
    expect(lives.flatMap(({ events }) => events.map((event) => event.version?.N))).toEqual(
      lives.flatMap(({ events }) => events.map(() => String(version))),
    );
  });

  it('are never written again', async () => {
    expect(await writeFixtures()).toEqual([]);
  });

  it('of version 1 know nothing of customers', () => {
    const old = storedLives.filter(({ kind, version }) => kind === 'payment' && version === 1);
    expect(JSON.stringify(old)).not.toContain('customer');
  });
});

describe.each(readPayments)('the payment $name', ({ version, events, read, readState }) => {
  it('is read as it would be written now', () => {
    for (const event of read) {
      expect(event.version).toBe(paymentEventVersion);
      expect(AnyEventSchema.parse(event)).toEqual(event);
    }
  });

  it('folds to its state', () => {
    expect(foldPayment(read)).toEqual(readState);
  });

  it('has in each event the payment as the fold has it, and byte for byte', () => {
    for (const [index, event] of read.entries()) {
      const folded = foldPayment(read.slice(0, index + 1)) as Payment;
      expect(JSON.stringify(event.data.payment)).toBe(JSON.stringify(renderPayment(folded)));
    }
  });

  it('is answered as the contract says', () => {
    expect(PaymentAnswer.parse(renderPayment(readState))).toEqual(renderPayment(readState));
  });

  it('folds wherever this version of the code took over', () => {
    for (let taken = 1; taken <= read.length; taken++) {
      const history: PaymentEvent[] = read.slice(0, taken);
      for (const event of read.slice(taken)) {
        const { event: next } = changePayment(foldPayment(history) as Payment, factOf(event), {
          time: event.time,
          eventId: event.id,
        });
        history.push(next);
      }
      expect({ ...foldPayment(history), correlationId: '' }).toEqual({
        ...readState,
        correlationId: '',
      });
    }
  });

  it('loses nothing of what was stored', () => {
    for (const [index, item] of events.entries()) {
      expect(read[index]).toMatchObject({ ...asPublished(item), version: paymentEventVersion });
      if (version === paymentEventVersion) {
        expect(read[index]).toEqual(asPublished(item));
      }
    }
  });
});

describe.each(readPayouts)('the payout $name', ({ read, readState }) => {
  it('is read as it would be written now, and folds to its state', () => {
    for (const [index, event] of read.entries()) {
      expect(event.version).toBe(payoutEventVersion);
      expect(AnyEventSchema.parse(event)).toEqual(event);
      const folded = foldPayout(read.slice(0, index + 1));
      expect(folded && renderPayout(folded)).toEqual(event.data.payout);
    }
    expect(foldPayout(read)).toEqual(readState);
  });
});
