import fc from 'fast-check';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import type { SettlementLineType } from '../../../shared/contracts/settlement/settlement.ts';
import { operationId, requestedId } from '../../../shared/domain/ids.ts';
import { type Currency, maxAmountMinor } from '../../../shared/domain/money/currency.ts';
import { type SettlementWorld, settledFactsOf } from './world.ts';

/** How many files with lines there are; one without any comes after them. */
export const rounds = 3;

/**
 * What is wrong with the line of an effect:
 * - `missing`: in no file; `returns`: not in its file, and in the next one
 * - `corrected`: wrong in its file, and right in the next one
 * - `duplicate`: twice in its file; `repeated`: in the next one as well
 */
export const faults = [
  'none',
  'missing',
  'returns',
  'wrong_amount',
  'wrong_currency',
  'corrected',
  'duplicate',
  'repeated',
] as const;
export type Fault = (typeof faults)[number];

/** Something that the PSP did, and that a line of a file is about. */
export interface Effect {
  readonly tenant: string;
  readonly paymentId: string;
  readonly currency: Currency;
  readonly type: SettlementLineType;
  readonly operationId: string;
  readonly gross: number;
  readonly fee: number;
  /** What we take of a capture. */
  readonly ownFee: number;
  /** What it adds to what the PSP owes us, in minor units. */
  readonly owedMinor: number;
  readonly facts: readonly PaymentFact[];
  /** The file that it belongs into. */
  readonly round: number;
  /** Our books hear of it after that file was reconciled, and not before. */
  readonly late: boolean;
  readonly fault: Fault;
}

const currencies = ['EUR', 'JPY'] as const;

const step = fc.record({
  /** A part of what is left, in percent. */
  part: fc.integer({ min: 1, max: 100 }),
  /** The PSP's, in percent of the gross: it may be more than that. */
  fee: fc.constantFrom(0, 1, 3, 100, 130),
  ownFee: fc.constantFrom(0, 3, 100),
  wait: fc.integer({ min: 0, max: 1 }),
  late: fc.boolean(),
  fault: fc.oneof(
    { weight: 3, arbitrary: fc.constant('none' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...faults) },
  ),
});

const paymentPlan = fc.record({
  tenant: fc.integer({ min: 0, max: 1 }),
  currency: fc.constantFrom(...currencies),
  amount: fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constant(10 ** 12)),
  manual: fc.boolean(),
  captures: fc.array(step, { minLength: 1, maxLength: 2 }),
  refunds: fc.array(step, { maxLength: 2 }),
  dispute: fc.option(fc.record({ opened: step, won: fc.option(step, { nil: null }) }), {
    nil: null,
  }),
});

export const scenarioArbitrary = fc.record({
  payments: fc.array(paymentPlan, { minLength: 1, maxLength: 4 }),
  /** Lines of nobody's, each in a file. */
  extras: fc.array(
    fc.record({
      round: fc.integer({ min: 0, max: rounds - 1 }),
      kind: fc.constantFrom('stranger', 'other_payment', 'other_type', 'unknown_operation'),
      effect: fc.nat(),
    }),
    { maxLength: 2 },
  ),
  /** Whether each file is reconciled before the next one comes. */
  ran: fc.array(fc.boolean(), { minLength: rounds, maxLength: rounds }),
  order: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
  /** What part of what is available is paid out after each round, in percent. */
  paidOut: fc.array(fc.constantFrom(0, 50, 100), { minLength: rounds, maxLength: rounds }),
  /** At which writes a run dies, before it or after it. */
  crashes: fc.uniqueArray(
    fc.record({ write: fc.integer({ min: 1, max: 40 }), at: fc.constantFrom('before', 'after') }),
    { maxLength: 6, selector: ({ write }) => write },
  ),
  /** How many run at once, and how each waits for the others at its calls. */
  runners: fc.integer({ min: 1, max: 2 }),
  delays: fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }),
});

export type Scenario =
  typeof scenarioArbitrary extends fc.Arbitrary<infer Generated> ? Generated : never;
type Step = typeof step extends fc.Arbitrary<infer Generated> ? Generated : never;

/** Makes the payments of a scenario in a world, held, and what the PSP does with them, in its order. */
export async function effectsOf(world: SettlementWorld, scenario: Scenario): Promise<Effect[]> {
  const effects: Effect[] = [];
  const settledFacts = settledFactsOf(world.psp);
  for (const [index, plan] of scenario.payments.entries()) {
    const { currency, amount, manual } = plan;
    const tenant = `${world.name}-tenant-${plan.tenant}`;
    const paymentId = await world.reserved({ tenant, currency, amount, manual });
    const payment = world.of(paymentId);
    let round = 0;
    const add = (
      { wait, late, fault }: Step,
      effect: Pick<Effect, 'type' | 'operationId' | 'gross' | 'fee' | 'owedMinor' | 'facts'> &
        Partial<Pick<Effect, 'ownFee'>>,
    ) => {
      round = Math.min(rounds - 1, round + wait);
      effects.push({ ownFee: 0, ...effect, tenant, paymentId, currency, round, late, fault });
      // What we have not heard of cannot go on in our books.
      round += late ? 1 : 0;
      return round < rounds;
    };
    const percent = (of: number, part: number) =>
      Math.min(maxAmountMinor, Math.floor((of * part) / 100));
    const idOf = (what: string, number: number) =>
      requestedId(paymentId, what, `${world.name} ${index} ${number}`);
    let captured = 0;
    let goesOn = true;
    if (manual) {
      await world.apply(paymentId, settledFacts.authorized(payment));
      for (const [number, planned] of plan.captures.entries()) {
        const gross = Math.max(1, percent(amount - captured, planned.part));
        if (!goesOn || gross > amount - captured) {
          break;
        }
        captured += gross;
        const id = idOf('capture', number);
        goesOn = add(planned, {
          type: 'capture',
          operationId: id,
          gross,
          fee: percent(gross, planned.fee),
          ownFee: percent(gross, planned.ownFee),
          owedMinor: gross,
          facts: settledFacts.captured(id, gross, percent(gross, planned.ownFee)),
        });
      }
    } else {
      const [planned] = plan.captures as [Step];
      captured = amount;
      goesOn = add(planned, {
        type: 'capture',
        operationId: operationId(paymentId, 'charge'),
        gross: amount,
        fee: percent(amount, planned.fee),
        ownFee: percent(amount, planned.ownFee),
        owedMinor: amount,
        facts: [settledFacts.charged(payment, percent(amount, planned.ownFee))],
      });
    }
    let left = captured;
    for (const [number, planned] of plan.refunds.entries()) {
      const gross = percent(left, planned.part);
      if (!goesOn || gross === 0) {
        break;
      }
      left -= gross;
      const id = idOf('refund', number);
      goesOn = add(planned, {
        type: 'refund',
        operationId: id,
        gross,
        fee: 0,
        owedMinor: -gross,
        facts: settledFacts.refunded(id, gross),
      });
    }
    const disputed = plan.dispute ? percent(left, plan.dispute.opened.part) : 0;
    if (plan.dispute && goesOn && disputed > 0) {
      const { opened, won } = plan.dispute;
      const id = `dp_${world.name}_${index}`;
      const fee = percent(disputed, opened.fee);
      goesOn = add(opened, {
        type: 'chargeback',
        operationId: id,
        gross: disputed,
        fee,
        owedMinor: -disputed - fee,
        facts: [settledFacts.disputed(id, disputed, fee)],
      });
      if (won && goesOn) {
        add(won, {
          type: 'chargeback_reversal',
          operationId: id,
          gross: disputed,
          fee: 0,
          owedMinor: disputed,
          facts: [settledFacts.won(id)],
        });
      }
    }
  }
  return effects;
}
