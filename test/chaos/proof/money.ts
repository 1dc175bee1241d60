import { parkedOf } from '../../../shared/domain/payment/recovery/parked.ts';
import { isTerminal } from '../../../shared/domain/payment/state.ts';
import type { StoredPayment } from '../../../shared/ports/audit.ts';
import {
  addMoved,
  describeMoved,
  isSameMoved,
  type Moved,
  movedByCharge,
  movedByEvents,
  nothingMoved,
} from './at-psp.ts';
import { differencesOf, type Evidence, type Finding } from './evidence.ts';

/** 1: debits = credits, per currency, per transfer and in all. */
export function booksBalance(evidence: Evidence): Finding {
  const { trialBalances, transfers } = evidence;
  return {
    counted: `${trialBalances.length} books, ${transfers.length} transfers`,
    violations: [
      ...trialBalances
        .filter(({ difference }) => difference !== 0n)
        .map(({ tenant, currency, difference }) => `${tenant} ${currency} by ${difference}`),
      ...transfers
        .filter(
          ({ amountMinor, debitAccount, creditAccount }) =>
            !Number.isSafeInteger(amountMinor) || amountMinor < 1 || debitAccount === creditAccount,
        )
        .map(({ id }) => `transfer ${id} is none`),
      ...differencesOf(evidence, ['trial_balance']),
    ],
  };
}

/** 2: 0 <= captured <= authorized, 0 <= refunded <= captured. */
export function amountsAreBounded({ payments }: Evidence): Finding {
  const shown = payments.flatMap(({ events }) => events.map(({ data }) => data.payment));
  return {
    counted: `${payments.length} payments after each of ${shown.length} events`,
    violations: shown
      .filter(
        ({ amount_authorized, amount_captured, amount_refunded }) =>
          amount_captured < 0 ||
          amount_captured > amount_authorized ||
          amount_refunded < 0 ||
          amount_refunded > amount_captured,
      )
      .map(({ id, version }) => `payment ${id} at version ${version}`),
  };
}

/** True when something of a payment waits for a person: at the PSP it may be so or so. */
export function isParked({ state }: StoredPayment): boolean {
  return state !== null && parkedOf(state).length > 0;
}

/** What a PSP has moved in a currency, and what we say it has, parked payments left out of both. */
export interface TotalsRow {
  readonly psp: string;
  readonly currency: string;
  readonly ours: Moved;
  readonly theirs: Moved;
  /** What the PSP has of payments that are parked. */
  readonly parked: Moved;
}

/** The PSPs' totals against ours. */
export function totalsOf({ payments, psps }: Evidence): TotalsRow[] {
  const open = new Set(payments.filter(isParked).map(({ id }) => id));
  return psps.flatMap(({ name, charges, totals }) => {
    const ours = new Map<string, Moved>();
    for (const { id, events, state } of payments) {
      const moved = movedByEvents(events).get(name);
      if (state && moved && !open.has(id)) {
        const { currency } = state.request;
        ours.set(currency, addMoved(ours.get(currency) ?? nothingMoved, moved));
      }
    }
    return [...new Set([...ours.keys(), ...Object.keys(totals)])].sort().map((currency) => {
      const parked = charges
        .filter((charge) => charge.currency === currency && open.has(charge.reference))
        .map(movedByCharge)
        .reduce(addMoved, nothingMoved);
      const { authorized, captured, voided, refunded } = totals[currency] ?? nothingMoved;
      const theirs = {
        authorized: authorized - parked.authorized,
        captured: captured - parked.captured,
        voided: voided - parked.voided,
        refunded: refunded - parked.refunded,
      };
      return { psp: name, currency, ours: ours.get(currency) ?? nothingMoved, theirs, parked };
    });
  });
}

/** 4: a terminal payment has no pending hold, its postings match, our total equals the PSP's. */
export function endsAreClean(evidence: Evidence): Finding {
  const { payments, psps } = evidence;
  const concluded = payments.filter((payment) => !isParked(payment));
  const totals = totalsOf(evidence);
  return {
    counted: `${concluded.length} payments at ${psps.length} PSPs one by one, ${totals.length} totals, ${payments.length - concluded.length} parked left out`,
    violations: [
      ...payments
        .filter(({ state }) => state && isTerminal(state.status) && state.hold?.state === 'pending')
        .map(({ id }) => `payment ${id} has ended with a pending hold`),
      ...concluded.flatMap((payment) => psps.flatMap((psp) => differenceAt(psp, payment))),
      ...totals
        .filter(({ ours, theirs }) => !isSameMoved(ours, theirs))
        .map(
          ({ psp, currency, ours, theirs }) =>
            `${psp} has in ${currency} ${describeMoved(theirs)}; we ${describeMoved(ours)}`,
        ),
      ...differencesOf(evidence, [
        'missing_posting',
        'changed_posting',
        'extra_posting',
        'doubled_transfer',
        'broken_rule',
      ]),
    ],
  };
}

function differenceAt(
  { name, charges }: Evidence['psps'][number],
  { id, events }: StoredPayment,
): string[] {
  const theirs = charges.filter(({ reference }) => reference === id);
  const ours = movedByEvents(events).get(name) ?? nothingMoved;
  const sum = theirs.map(movedByCharge).reduce(addMoved, nothingMoved);
  return [
    ...(theirs.length > 1 ? [`payment ${id} has ${theirs.length} charges at ${name}`] : []),
    ...(isSameMoved(ours, sum)
      ? []
      : [`payment ${id} at ${name}: ${describeMoved(sum)}; here: ${describeMoved(ours)}`]),
  ];
}

/** 10: a limited account never passes its limit. */
export function limitsHold(evidence: Evidence): Finding {
  const { limited, transfers } = evidence;
  const codes: ReadonlySet<string> = new Set(limited.map(({ code }) => code));
  const touching = transfers.filter(
    ({ debitAccount, creditAccount }) => codes.has(debitAccount) || codes.has(creditAccount),
  );
  return {
    counted: `${limited.length} limited accounts, ${touching.length} transfers on them`,
    violations: [
      ...limited
        .filter(({ availableMinor }) => availableMinor < 0n)
        .map(({ tenant, code, currency }) => `${code}.${currency} of ${tenant}`),
      ...differencesOf(evidence, ['limit_passed', 'limited_balance']),
    ],
  };
}

/** 12: the audit chain verifies; balances rebuilt from transfers equal those stored. */
export function auditIsClean({ report }: Evidence): Finding {
  const { links, accounts, transfers } = report.checked;
  return {
    counted: `${links} links, ${accounts} balances, ${transfers} transfers`,
    violations: [
      ...(report.verdict === 'clean' ? [] : [`${report.difference_count} differences`]),
      ...(report.not_yet_folded === 0 ? [] : [`${report.not_yet_folded} transfers in no book`]),
      ...report.differences.map(({ kind, says }) => `${kind}: ${says}`),
    ],
  };
}
