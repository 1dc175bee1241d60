import {
  type SimulatorToken,
  simulatorTokens,
} from '../../../shared/contracts/simulator/behaviour.ts';
import type { OperationKind } from '../../../shared/domain/payment/operations/operation.ts';
import { type Dice, dice } from './dice.ts';

/** Something that is asked of a payment, legal or not. */
export interface PlannedAction {
  readonly kind: OperationKind;
  /** Of the payment's amount; null: no amount is said. Above 1 no rule can allow it. */
  readonly share: number | null;
  readonly final: boolean;
  /** How often the same request is sent under the same key. */
  readonly copies: number;
  readonly atOnce: boolean;
}

/** A payment and what is asked of it, in this order. */
export interface PlannedPayment {
  readonly index: number;
  readonly tenant: string;
  readonly body: {
    readonly amount: number;
    readonly currency: string;
    readonly payment_method: SimulatorToken;
    readonly capture_method: 'automatic' | 'manual';
    readonly merchant_reference: string | null;
    readonly metadata: Readonly<Record<string, string>>;
  };
  readonly copies: number;
  readonly atOnce: boolean;
  /** What no API may take: under the same key another amount, or the reference under another key. */
  readonly misuse: 'other body' | 'reference again' | null;
  readonly actions: readonly PlannedAction[];
}

export const chaosTenants = ['acme', 'globex', 'initech', 'hooli', 'soylent', 'umbrella'] as const;
export const chaosCurrencies = ['EUR', 'USD', 'GBP', 'JPY', 'KWD', 'CHF'] as const;

/** What a legitimate value says that has to be found again wherever such values are kept. */
export const legitimateMark = 'chaos-order';

export const tokens = Object.keys(simulatorTokens) as SimulatorToken[];

/**
 * How often a token comes, where 10 is the usual. One that lets the PSP stall takes one of its few
 * processes for 15 s, and would starve the others of their answers.
 */
function weightOf(token: SimulatorToken): number {
  if (token === 'tok_approve') {
    return 300;
  }
  return token === 'tok_timeout_forever' ? 2 : stalls(token) ? 6 : 12;
}

function stalls(token: SimulatorToken): boolean {
  return JSON.stringify(simulatorTokens[token]).includes('"stall"');
}

/**
 * The payments of a run: as many as are asked for, the same for the same seed. Each token comes at
 * least once where there are payments enough.
 */
export function planPayments(seed: number, payments: number): PlannedPayment[] {
  const die = dice(seed);
  const certain = payments >= 2 * tokens.length ? tokens : [];
  const chosen = Array.from({ length: payments }, (_, index) =>
    index < certain.length ? (certain[index] as SimulatorToken) : weighted(die, `token ${index}`),
  );
  return die
    .shuffle('order', chosen)
    .map((token, index) => planPayment(die, { seed, index, token }));
}

function weighted(die: Dice, key: string): SimulatorToken {
  const sum = tokens.reduce((total, token) => total + weightOf(token), 0);
  let left = die.fraction(key) * sum;
  return (
    tokens.find((token) => {
      left -= weightOf(token);
      return left < 0;
    }) ?? 'tok_approve'
  );
}

function planPayment(
  die: Dice,
  {
    seed,
    index,
    token,
  }: { readonly seed: number; readonly index: number; readonly token: SimulatorToken },
): PlannedPayment {
  const key = (what: string) => `payment ${index} ${what}`;
  const means = meansFor(token);
  const isManual = means === 'refund' ? false : means !== null || die.chance(key('manual'), 0.5);
  return {
    index,
    tenant: die.pick(key('tenant'), chaosTenants),
    body: {
      amount: die.chance(key('huge'), 0.03)
        ? 999_999_999_999
        : die.integer(key('amount'), 50, 50_000),
      currency: die.pick(key('currency'), chaosCurrencies),
      payment_method: token,
      capture_method: isManual ? 'manual' : 'automatic',
      merchant_reference: die.chance(key('reference'), 0.3) ? `order ${seed}-${index}` : null,
      metadata: die.chance(key('metadata'), 0.3) ? { order: `${legitimateMark}-${index}` } : {},
    },
    ...repetition(die, key('repeated')),
    misuse: die.chance(key('misuse'), 0.2)
      ? die.pick(key('which misuse'), ['other body', 'reference again'] as const)
      : null,
    actions: [
      ...(means ? [firstAction(die, key('first'), means)] : []),
      ...Array.from({ length: die.integer(key('actions'), 0, 3) }, (_, nth) =>
        anyAction(die, key(`action ${nth}`), isManual),
      ),
    ],
  };
}

/** What a token is for, where it is for what comes after the charge. */
function meansFor(token: SimulatorToken): OperationKind | null {
  const behaviour: object = simulatorTokens[token];
  if ('capture' in behaviour) {
    return 'capture';
  }
  if ('void' in behaviour) {
    return 'cancel';
  }
  return 'refund' in behaviour ? 'refund' : null;
}

function firstAction(die: Dice, key: string, kind: OperationKind): PlannedAction {
  const share = kind === 'cancel' ? null : die.pick(`${key} share`, [0.5, 1, null]);
  return { kind, share, final: false, ...repetition(die, key) };
}

function anyAction(die: Dice, key: string, isManual: boolean): PlannedAction {
  const likely = isManual
    ? (['capture', 'capture', 'capture', 'cancel', 'refund'] as const)
    : (['refund', 'refund', 'refund', 'capture', 'cancel'] as const);
  return {
    kind: die.pick(`${key} kind`, likely),
    share: die.pick(`${key} share`, [0.2, 0.34, 0.5, 1, 1.3, null]),
    final: die.chance(`${key} final`, 0.25),
    ...repetition(die, key),
  };
}

function repetition(die: Dice, key: string): { readonly copies: number; readonly atOnce: boolean } {
  const copies = die.chance(`${key} repeated`, 0.35) ? die.integer(`${key} copies`, 2, 3) : 1;
  return { copies, atOnce: die.chance(`${key} at once`, 0.6) };
}
