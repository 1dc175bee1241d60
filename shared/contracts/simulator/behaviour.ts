import { type SimulatorOperation, type SimulatorPsp, simulatorOperations } from './common.ts';

/** All calls of the PSP's side. */
export const simulatorCalls = [...simulatorOperations, 'inquiry'] as const;
export type SimulatorCall = (typeof simulatorCalls)[number];

/** The statuses that say that something is wrong at the PSP, and not with the request. */
export const simulatorTroubles = [429, 500, 502, 503, 504] as const;

/** Something that goes wrong around a call's effect: first the wait, then the status. */
export interface Trouble {
  /** How long nothing happens. `stall`: longer than a client waits, `SIMULATOR_STALL_MS`. */
  readonly delayMs?: number | 'stall' | undefined;
  /** Answered instead of going on; absent: goes on. */
  readonly status?: (typeof simulatorTroubles)[number] | undefined;
  /**
   * Met by the first so many calls of each operation, which are counted for it under the
   * operation's id. Absent: met by each call that has no stored answer, and nothing is counted.
   */
  readonly firstCalls?: number;
}

/** How a call deviates from doing what it was asked. An operation with an answer just repeats it. */
export interface CallBehaviour {
  /** Before anything took effect. */
  readonly before?: Trouble | undefined;
  /** Declined with the other side's code: 402, no effect. */
  readonly decline?: { readonly code: string; readonly message: string } | undefined;
  /** After it took effect and the answer was stored. */
  readonly after?: Trouble | undefined;
}

/** A notice of what a call came to. It is sent before the call's answer. */
export interface NoticeBehaviour {
  /** How much later it arrives. Absent: at once. */
  readonly delaySeconds?: number | undefined;
  /** It says the opposite. */
  readonly contradicts?: true | undefined;
}

export interface OperationBehaviour extends CallBehaviour {
  /** Sent in this order; two are one notice that comes twice. Absent: none. */
  readonly notices?: readonly NoticeBehaviour[] | undefined;
}

export interface ChargeBehaviour extends OperationBehaviour {
  /** A charge is approved over so many minor units less; over more, where less would be nothing. */
  readonly amountOffByMinor?: number | undefined;
  /** How long what is only authorized can be captured. Absent: {@link authorizationMs}. */
  readonly authorizationMs?: number | undefined;
}

export interface InquiryBehaviour extends Pick<CallBehaviour, 'before'> {
  /** Answered as if nothing were known of the reference: what is read from lags behind. */
  readonly forgets?: true | undefined;
}

/** How a token behaves, by the call; a call that is not named does what it was asked. */
export type SimulatorBehaviour = {
  readonly [call in Exclude<SimulatorOperation, 'charge'>]?: OperationBehaviour;
} & {
  readonly charge?: ChargeBehaviour;
  readonly inquiry?: InquiryBehaviour;
  /** The one PSP that it is met at; any other does what it was asked. Absent: each. */
  readonly at?: SimulatorPsp;
};

/** How a merchant's bank account behaves when a payout is sent to it. */
export interface DestinationBehaviour extends CallBehaviour {
  /**
   * What becomes of a payout as soon as it was accepted, with its notice. Absent: it stays on its
   * way until the control side closes it.
   */
  readonly becomes?: 'paid' | 'failed';
  /** How much later that notice arrives. Absent: at once. */
  readonly noticeDelaySeconds?: number;
}

/** How long a charge that is only authorized can be captured: 7 days. */
export const authorizationMs = 7 * 24 * 60 * 60 * 1_000;

const stall: Trouble = { delayMs: 'stall', status: 504 };
const busyOnce: Trouble = { status: 429, firstCalls: 1 };
const doNotHonor = { code: 'do_not_honor', message: 'The issuer gave no reason.' };

/** Why a bank does not take a payout, or sends it back. */
export const accountClosed = { code: 'account_closed', message: 'The account is closed.' };

/**
 * The payment methods that the simulator knows. A new one is a line here: the simulator, the
 * payment API's check and the tests of each read this table.
 */
export const simulatorTokens = {
  tok_approve: {},
  tok_decline_insufficient_funds: {
    charge: {
      decline: { code: 'insufficient_funds', message: 'The account has too little money.' },
    },
  },
  tok_decline_lost_card: {
    charge: { decline: { code: 'lost_card', message: 'The card was reported lost.' } },
  },
  tok_decline_do_not_honor: { charge: { decline: doNotHonor } },
  tok_busy_once: { charge: { before: busyOnce } },
  tok_busy_always: { charge: { before: { status: 429, firstCalls: Number.POSITIVE_INFINITY } } },
  tok_slow: { charge: { after: { delayMs: 3_000 } } },
  tok_timeout_never_arrived: { charge: { before: stall } },
  tok_timeout_then_approved: { charge: { after: stall } },
  tok_timeout_then_declined: { charge: { decline: doNotHonor, after: stall } },
  tok_timeout_forever: { charge: { after: stall }, inquiry: { before: stall } },
  tok_5xx_after_effect: { charge: { after: { status: 500 } } },
  tok_duplicate_webhook: { charge: { notices: [{}, {}] } },
  tok_early_webhook: { charge: { notices: [{}], after: { delayMs: 2_000 } } },
  tok_late_webhook: { charge: { notices: [{ delaySeconds: 20 }], after: stall } },
  tok_contradicting_webhook: { charge: { notices: [{ contradicts: true }] } },
  tok_busy_at_first_psp: {
    at: 'simulator',
    charge: { before: { status: 429, firstCalls: Number.POSITIVE_INFINITY } },
  },
  tok_down_at_first_psp: { at: 'simulator', charge: { before: { status: 503, firstCalls: 2 } } },
  tok_amount_mismatch: { charge: { amountOffByMinor: 1 } },
  tok_short_authorization: { charge: { authorizationMs: 5_000 } },
  tok_capture_declined: { capture: { decline: doNotHonor } },
  tok_capture_busy_once: { capture: { before: busyOnce } },
  tok_capture_never_answers: { capture: { before: stall } },
  tok_capture_timeout_then_captured: { capture: { after: stall } },
  tok_void_declined: { void: { decline: doNotHonor } },
  tok_void_never_answers: { void: { before: stall } },
  tok_void_timeout_then_voided: { void: { after: stall } },
  tok_refund_declined: { refund: { decline: accountClosed } },
  tok_refund_busy_once: { refund: { before: busyOnce } },
  tok_refund_never_answers: { refund: { before: stall } },
  tok_refund_timeout_then_refunded: { refund: { after: stall } },
  // Approved here: it is the stage's risk rules that refuse it, before the PSP is asked.
  tok_blocked_by_risk: {},
} as const satisfies Record<string, SimulatorBehaviour>;

export type SimulatorToken = keyof typeof simulatorTokens;

/** The bank accounts that the simulator knows as destinations of payouts. */
export const simulatorDestinations = {
  ba_approve: { becomes: 'paid' },
  ba_reject: { decline: accountClosed },
  ba_return: { becomes: 'failed' },
  ba_hold: {},
  ba_busy_once: { before: busyOnce, becomes: 'paid' },
  ba_never_answers: { before: stall },
  ba_timeout_then_accepted: { after: stall, becomes: 'paid', noticeDelaySeconds: 20 },
} as const satisfies Record<string, DestinationBehaviour>;

export type SimulatorDestination = keyof typeof simulatorDestinations;

/** Tells whether the simulator knows a payment method. */
export function isSimulatorToken(token: string): token is SimulatorToken {
  return Object.hasOwn(simulatorTokens, token);
}
