import type { BreakKind } from '../../contracts/settlement/reconciliation.ts';
import type { Transfer } from '../ledger/transfer.ts';
import type { Currency } from '../money/currency.ts';
import type { Payment } from '../payment/state.ts';
import {
  type Break,
  closedBy,
  correctedBy,
  lineBreak,
  lineBreakId,
  missingBreak,
  missingBreakId,
  placeBreakId,
} from './break.ts';
import {
  type Funds,
  nothingPosted,
  type PostedSums,
  postedBy,
  settlementTransfers,
} from './postings.ts';
import {
  compare,
  type FileLine,
  type OurSide,
  ourSideOf,
  type Settled,
  settledOf,
} from './sides.ts';

/**
 * The one line that something of ours was settled by, or broke over. One that broke gives way to one
 * that agrees; one that agrees is never changed.
 */
export interface Claim extends Settled {
  readonly file: string;
  /** The line's number in its file. */
  readonly line: number;
  readonly lineId: string;
  readonly outcome: 'matched' | 'wrong_amount' | 'wrong_currency';
  readonly tenant: string;
  readonly paymentId: string;
  readonly currency: Currency;
  readonly posted: PostedSums;
  /** The claim that broke before, and gave way to this one; null when it is the first. */
  readonly replaced: Pick<Claim, 'file' | 'line' | 'outcome'> | null;
  readonly time: string;
}

/** What is on record about a line and what it settles; to be written only while that holds. */
export interface Known {
  readonly claim: Claim | null;
  readonly breaks: ReadonlyMap<string, Break>;
  /** Whether lines came before there was anything of ours that they could be about. */
  readonly hasWaiting: boolean;
}

/** One step of a reconciliation: written whole, if all that it was decided on still holds. */
export interface SettlementChange {
  /** Put, if nothing has claimed it, or in the place of what it replaces. */
  readonly claim: Claim | null;
  /** The claim as it was read; it has to be there still. */
  readonly replaces: Claim | null;
  /** Must not be claimed. */
  readonly unclaimed: Settled | null;
  /** Put, if it is not there. */
  readonly files: Break | null;
  /** Kept, to be looked at again when something of ours turns up. */
  readonly waiting: FileLine | null;
  /** Closed breaks, to be written over the open ones. */
  readonly closes: readonly Break[];
  /** Breaks that must not be there. */
  readonly absent: readonly string[];
  readonly transfers: readonly Transfer[];
}

/** What a line came to, and for whom. */
export interface LineResult {
  readonly outcome: 'matched' | Exclude<BreakKind, 'missing_line'>;
  /** Null for a line of nobody's. */
  readonly tenant: string | null;
  readonly currency: Currency | null;
  readonly posted: PostedSums | null;
}

export interface LineDecision {
  readonly result: LineResult;
  /** Null when it is on record already. */
  readonly change: SettlementChange | null;
}

/** The breaks that a line may open or close. */
export function breakIdsOf(line: FileLine): string[] {
  return [
    missingBreakId(settledOf(line)),
    lineBreakId(line, 'extra_line'),
    lineBreakId(line, 'duplicate_line'),
  ];
}

/** What a line came to already; null for one that is to be decided on. */
export function resultOf({ file, number }: FileLine, claim: Claim | null): LineResult | null {
  const isItsPlace = (place: Pick<Claim, 'file' | 'line'> | null | undefined) =>
    place?.file === file && place.line === number;
  if (claim?.replaced && isItsPlace(claim.replaced)) {
    return { ...claim, outcome: claim.replaced.outcome, posted: nothingPosted };
  }
  return isItsPlace(claim) ? claim : null;
}

/** The break of a claim that another line may replace; null for one that agrees, and stays. */
export function replaceableBreakId(claim: Claim): string | null {
  return claim.outcome === 'matched' ? null : placeBreakId(claim, claim.outcome);
}

/**
 * What becomes of a line:
 * 1. it has claimed what it settles: that was it, whoever asks again, and whatever replaced it since
 * 2. we have nothing of the kind: `extra_line`. What a payment of ours may yet have, its capture
 *    being on the way, say, waits for that
 * 3. another line that agreed has claimed it, or one that did not and neither does this one:
 *    `duplicate_line`, and nothing is posted
 * 4. else it claims it, whether they agree or not, and in the place of one that did not. What agrees
 *    is posted in the same step
 *
 * A line that is something after all closes what was filed for lack of it.
 *
 * @param known with the break of a claim that may be replaced
 */
export function decideLine(
  line: FileLine,
  payment: Payment | null,
  { claim, breaks }: Known,
  funds: Funds,
  time: string,
): LineDecision {
  const settled = settledOf(line);
  const before = resultOf(line, claim);
  if (before) {
    return { result: before, change: null };
  }
  const owner = payment && { tenant: payment.tenant, paymentId: payment.id };
  const broken = (kind: 'extra_line' | 'duplicate_line', ours: OurSide | null) => ({
    result: { outcome: kind, tenant: owner?.tenant ?? null, currency: null, posted: null },
    files: breaks.has(lineBreakId(line, kind)) ? null : lineBreak(kind, line, ours, owner, time),
  });
  const ours = payment && ourSideOf(payment, settled);
  if (!ours) {
    const { result, files } = broken('extra_line', null);
    const unclaimed = claim ? null : settled;
    const waiting = claim || !payment ? null : line;
    return { result, change: files && { ...nothing, files, unclaimed, waiting } };
  }
  const outcome = compare(line.record, ours);
  const brokenId = claim && replaceableBreakId(claim);
  if (claim && (brokenId === null || outcome !== 'matched')) {
    const { result, files } = broken('duplicate_line', ours);
    const change = { ...nothing, files, ...without([lineBreakId(line, 'extra_line')]) };
    return { result, change: files && change };
  }
  const transfers = outcome === 'matched' ? settlementTransfers(line, ours, funds, time) : [];
  const { tenant, paymentId, currency } = ours;
  const claimed: Claim = {
    ...settled,
    file: line.file,
    line: line.number,
    lineId: line.record.line_id,
    outcome,
    tenant,
    paymentId,
    currency,
    posted: postedBy(transfers),
    replaced: claim && { file: claim.file, line: claim.line, outcome: claim.outcome },
    time,
  };
  const { closes, absent } = without([missingBreakId(settled), lineBreakId(line, 'extra_line')]);
  const corrected = openOf(brokenId === null ? [] : [brokenId]);
  const change: SettlementChange = {
    ...nothing,
    claim: claimed,
    replaces: claim,
    files: outcome === 'matched' ? null : lineBreak(outcome, line, ours, owner, time),
    transfers,
    closes: [...closes, ...corrected.map((open) => correctedBy(open, line, time))],
    absent,
  };
  return { result: claimed, change };

  function openOf(ids: readonly string[]): Break[] {
    return ids.flatMap((id) => breaks.get(id) ?? []).filter(({ status }) => status === 'open');
  }

  /** Of breaks that are not true any more: those that are open closed, the others kept away. */
  function without(ids: readonly string[]): Pick<SettlementChange, 'closes' | 'absent'> {
    return {
      closes: openOf(ids).map((open) => closedBy(open, line, time)),
      absent: ids.filter((id) => !breaks.has(id)),
    };
  }
}

const nothing: SettlementChange = {
  claim: null,
  replaces: null,
  unclaimed: null,
  files: null,
  waiting: null,
  closes: [],
  absent: [],
  transfers: [],
};

/** What files something of ours as missing, as long as nothing claims it. */
export function decideMissing(
  settled: Settled,
  file: string,
  ours: OurSide,
  time: string,
): SettlementChange & { readonly files: Break } {
  return { ...nothing, unclaimed: settled, files: missingBreak(settled, file, ours, time) };
}

/** What files a line, or a whole file, that could not be read. */
export function decideUnreadable(files: Break): SettlementChange & { readonly files: Break } {
  return { ...nothing, files };
}
