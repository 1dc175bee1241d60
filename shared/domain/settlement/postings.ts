import type { SettlementLineRecord } from '../../contracts/settlement/settlement.ts';
import { derivedId } from '../ids.ts';
import { postedTransfer, type Transfer } from '../ledger/transfer.ts';
import { type FileLine, type OurSide, theirsMinor } from './sides.ts';

export const settlementPostings = [
  'settled',
  'psp_fee',
  'settled_back',
  'made_available',
  'taken_back',
  'owed',
  'debt_paid',
] as const;
export type SettlementPosting = (typeof settlementPostings)[number];

/** What a merchant has and owes, in minor units, when a line is decided on. */
export interface Funds {
  /** Of `merchant_available`. */
  readonly availableMinor: bigint;
  /** Of `merchant_debt`. */
  readonly debtMinor: bigint;
}

export const noFunds: Funds = { availableMinor: 0n, debtMinor: 0n };

/**
 * The transfers of a line that agrees with us, in minor units of its currency:
 *
 *     capture              settled         bank <- psp_receivable       gross - fee
 *                          psp_fee         psp_fees <- psp_receivable   fee
 *                          made_available  merchant_payable -> merchant_available
 *                                                                       gross - our own fee
 *                          debt_paid       merchant_available -> merchant_debt
 *                                                         as much of it as this makes available
 *     refund, chargeback   settled_back    psp_receivable <- bank       gross + fee
 *                          taken_back      merchant_available -> merchant_payable
 *                                                         as much of it as there is available
 *                          owed            merchant_debt -> merchant_payable       the rest of it
 *     chargeback_reversal  settled         bank <- psp_receivable       gross
 *                          made_available  merchant_payable -> merchant_available   gross
 *                          debt_paid       as of a capture
 *
 * A capture whose fee is above it costs us the rest: `settled_back`. What of a refund is not
 * available any more, as it was paid out, the merchant owes us, and what comes next pays that first.
 *
 * The ids come from what is settled alone: no two runs, and no two lines, can post one twice.
 *
 * @param funds what is available is read for refunds and chargebacks only, what is owed for the others
 */
export function settlementTransfers(
  { provider, record }: FileLine,
  ours: OurSide,
  funds: Funds,
  time: string,
): Transfer[] {
  const source = {
    tenant: ours.tenant,
    currency: ours.currency,
    paymentId: ours.paymentId,
    operationId: record.operation_id,
    time,
  };
  const idOf = (posting: SettlementPosting) =>
    derivedId('settlement', provider, record.type, record.operation_id, posting);
  return amountsOf(record, ours, funds)
    .filter(([, amountMinor]) => amountMinor > 0)
    .map(([posting, amountMinor]) => postedTransfer(posting, amountMinor, idOf(posting), source));
}

function amountsOf(
  record: SettlementLineRecord,
  ours: OurSide,
  { availableMinor, debtMinor }: Funds,
): [SettlementPosting, number][] {
  const totalMinor = theirsMinor(record);
  const makingAvailable = (amountMinor: number): [SettlementPosting, number][] => [
    ['made_available', amountMinor],
    ['debt_paid', atMost(amountMinor, debtMinor)],
  ];
  switch (record.type) {
    case 'capture':
      return [
        ['settled', record.gross - record.fee],
        ['settled_back', record.fee - record.gross],
        ['psp_fee', record.fee],
        ...makingAvailable(record.gross - ours.ownFeeMinor),
      ];
    case 'chargeback_reversal':
      return [['settled', totalMinor], ...makingAvailable(totalMinor)];
    case 'refund':
    case 'chargeback': {
      const takenBackMinor = atMost(totalMinor, availableMinor);
      return [
        ['settled_back', totalMinor],
        ['taken_back', takenBackMinor],
        ['owed', totalMinor - takenBackMinor],
      ];
    }
  }
}

function atMost(amountMinor: number, boundMinor: bigint): number {
  return boundMinor < amountMinor ? Number(boundMinor) : amountMinor;
}

/** What the transfers of one line, or the lines of one currency, come to, by posting. */
export type PostedSums = Readonly<Record<SettlementPosting, bigint>>;

export const nothingPosted: PostedSums = {
  settled: 0n,
  psp_fee: 0n,
  settled_back: 0n,
  made_available: 0n,
  taken_back: 0n,
  owed: 0n,
  debt_paid: 0n,
};

/** The sums of a line's transfers: each posting is at most once among them. */
export function postedBy(transfers: readonly Transfer[]): PostedSums {
  return {
    ...nothingPosted,
    ...Object.fromEntries(
      transfers.map(({ posting, amountMinor }) => [posting, BigInt(amountMinor)]),
    ),
  };
}

export function addPosted(a: PostedSums, b: PostedSums): PostedSums {
  return Object.fromEntries(
    settlementPostings.map((posting) => [posting, a[posting] + b[posting]]),
  ) as PostedSums;
}
