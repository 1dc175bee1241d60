import type { Dice } from '../kernel/dice.ts';
import type { Tenant } from './api.ts';

/** Numbers of cards as the networks publish them for tests: they must never be written down. */
export const cardNumbers = ['4242424242424242', '5555 5555 5555 4444'] as const;

/** A payment that somebody makes, and all that is asked of it. */
export interface PlannedPayment {
  /** `p1`, by which it is known in a timeline. */
  readonly name: string;
  readonly tenant: Tenant;
  readonly amountMinor: number;
  readonly currency: 'EUR' | 'JPY';
  readonly capture: 'automatic' | 'manual';
  readonly paymentMethod: string;
  readonly reference: string | null;
  readonly atMs: number;
  /** How many clients send it at once, each with the same key. */
  readonly copies: number;
  /** True when one of the copies says something else under the same key. */
  readonly changed: boolean;
  /** What somebody wrote where it does not belong, before it was sent rightly; null for nothing. */
  readonly slip: string | null;
}

/** Something that is asked of a payment once it is there. */
export interface PlannedOperation {
  /** `p1 capture 1`. */
  readonly name: string;
  readonly payment: string;
  readonly kind: 'capture' | 'cancel' | 'refund' | 'read';
  readonly atMs: number;
  /** Of the payment's amount; null for all that there is. */
  readonly share: number | null;
  readonly final: boolean;
  readonly copies: number;
}

/** Money that a merchant wants to have. */
export interface PlannedPayout {
  /** `o1`. */
  readonly name: string;
  readonly tenant: Tenant;
  readonly currency: 'EUR' | 'JPY';
  /** Of what is available then; more than 1 is more than there is. */
  readonly share: number;
  readonly atMs: number;
  readonly copies: number;
}

export interface Plan {
  readonly payments: readonly PlannedPayment[];
  readonly operations: readonly PlannedOperation[];
  readonly payouts: readonly PlannedPayout[];
  /** When the PSPs write their settlement files. */
  readonly settlementsMs: readonly number[];
}

/** Of whom a run has to ask something, so that it comes to what it goes for. */
export interface Wanted {
  readonly payouts: boolean;
  /** Of a payment that is sure to allow it; null for none. */
  readonly operation: PlannedOperation['kind'] | null;
}

/** What clients do in a run: two to five payments, and some operations on each; often payouts. */
export function planOf(dice: Dice, wanted: Wanted, only?: ReadonlySet<string>): Plan {
  const names = Array.from({ length: dice.int('payments', 2, 5) }, (_, index) => `p${index + 1}`);
  const payments = names.map((name) => ({
    ...paymentOf(dice, name),
    ...(isSure(name, wanted) ? sureOf(wanted) : {}),
  }));
  const sure = wanted.operation ? [sureOperation(dice, wanted.operation)] : [];
  const operations = [
    // Whatever else is asked of a sure one could only be in the way.
    ...payments.flatMap((payment) =>
      isSure(payment.name, wanted) ? [] : operationsOf(dice, payment),
    ),
    ...sure,
  ];
  const firstMs = dice.int('settles at', 60_000, 400_000);
  // What the first file has of a payment that is unknown here the second one finds known.
  const settlementsMs =
    wanted.payouts || dice.chance('settles', 0.4)
      ? [firstMs, firstMs + dice.int('settles again', 1_500_000, 3_600_000)]
      : [];
  const payouts = (settlementsMs.length > 0 ? payoutsOf(dice, firstMs) : []).map((payout) =>
    wanted.payouts && payout.name === 'o1'
      ? {
          ...payout,
          tenant: 'acme' as const,
          currency: 'EUR' as const,
          share: 0.6,
          atMs: firstMs + 240_000,
        }
      : payout,
  );
  const isKept = ({ name }: { readonly name: string }) => !only || only.has(name);
  return {
    payments: payments.filter(isKept),
    operations: operations.filter(isKept),
    payouts: payouts.filter(isKept),
    settlementsMs,
  };
}

function isSure(name: string, { payouts, operation }: Wanted): boolean {
  return (name === 'p1' && (payouts || operation !== null)) || (name === 'p2' && payouts);
}

/** A payment that comes to where it can be paid out, or where the operation can be asked for. */
function sureOf({ operation }: Wanted): Partial<PlannedPayment> {
  return {
    tenant: 'acme',
    currency: 'EUR',
    amountMinor: 10_000,
    paymentMethod: 'tok_approve',
    reference: null,
    atMs: 1_000,
    changed: false,
    slip: null,
    capture: operation === 'capture' || operation === 'cancel' ? 'manual' : 'automatic',
  };
}

function sureOperation(dice: Dice, kind: PlannedOperation['kind']): PlannedOperation {
  const name = `p1 ${kind} 9`;
  return {
    name,
    payment: 'p1',
    kind,
    atMs: dice.int(`${name} at`, 1_500, 30_000),
    share: dice.pick(`${name} share`, [null, 0.5]),
    final: false,
    copies: 1,
  };
}

/** After what was settled first, as nothing is available before. */
function payoutsOf(dice: Dice, settledMs: number): PlannedPayout[] {
  return Array.from({ length: dice.int('payouts', 1, 3) }, (_, index) => {
    const name = `o${index + 1}`;
    return {
      name,
      tenant: dice.pick(`${name} tenant`, ['acme', 'acme', 'globex']),
      currency: dice.pick(`${name} currency`, ['EUR', 'EUR', 'JPY']),
      share: dice.pick(`${name} share`, [0.4, 0.6, 1, 1, 1.2]),
      // The reconciliation has a minute and its retries before that.
      atMs: settledMs + 62_000 + dice.int(`${name} at`, 0, 200_000),
      copies: dice.pick(`${name} copies`, [1, 1, 2]),
    };
  });
}

function paymentOf(dice: Dice, name: string): PlannedPayment {
  const pick = <T>(what: string, from: readonly [T, ...T[]]) => dice.pick(`${name} ${what}`, from);
  return {
    name,
    tenant: pick('tenant', ['acme', 'acme', 'acme', 'globex']),
    amountMinor: pick('amount', [1, 99, 2_500, 10_000, 999_999, dice.int(name, 1, 50_000)]),
    currency: pick('currency', ['EUR', 'EUR', 'JPY']),
    capture: pick('capture', ['automatic', 'manual', 'manual']),
    paymentMethod: pick('method', [
      'tok_approve',
      'tok_approve',
      'tok_approve',
      'tok_approve',
      'tok_approve',
      'tok_blocked_by_risk',
    ]),
    reference: pick('reference', [null, null, 'order-1', `order of ${name}`]),
    atMs: dice.int(`${name} at`, 0, 20_000),
    copies: pick('copies', [1, 1, 2, 3]),
    changed: dice.chance(`${name} changed`, 0.1),
    slip: dice.chance(`${name} slip`, 0.2) ? pick('card', cardNumbers) : null,
  };
}

function operationsOf(dice: Dice, { name, capture, atMs }: PlannedPayment): PlannedOperation[] {
  const kinds =
    capture === 'manual'
      ? (['capture', 'capture', 'cancel', 'refund', 'read'] as const)
      : (['refund', 'refund', 'read', 'cancel'] as const);
  const counts = new Map<string, number>();
  return Array.from({ length: dice.int(`${name} operations`, 0, 4) }, (_, index) => {
    const key = `${name} operation ${index}`;
    const kind = dice.pick(key, kinds);
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return {
      name: `${name} ${kind} ${count}`,
      payment: name,
      kind,
      atMs: atMs + 300 + Math.floor(dice.unit(`${key} at`) ** 3 * 240_000),
      share: dice.pick(`${key} share`, [null, 0.25, 0.5, 1, 1]),
      final: dice.chance(`${key} final`, 0.4),
      copies: dice.pick(`${key} copies`, [1, 1, 2]),
    };
  });
}
