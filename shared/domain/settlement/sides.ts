import type {
  SettlementLineRecord,
  SettlementLineType,
} from '../../contracts/settlement/settlement.ts';
import { operationId } from '../ids.ts';
import type { PostingName } from '../ledger/transfer.ts';
import type { Currency } from '../money/currency.ts';
import { operationOf } from '../payment/operations/operation.ts';
import type { Payment } from '../payment/state.ts';

/** What a line settles, as PSP and we both name it. A PSP settles each once. */
export interface Settled {
  readonly provider: string;
  readonly type: SettlementLineType;
  /** Ours of a capture or a refund; the PSP's id of a dispute. */
  readonly operationId: string;
}

/** A line of a file that could be read. */
export interface FileLine {
  readonly provider: string;
  /** The file's key in the bucket. */
  readonly file: string;
  /** In the file, the header being 1: what tells two lines apart that are otherwise alike. */
  readonly number: number;
  readonly record: SettlementLineRecord;
}

/** What a line should say of something that a payment has in the books. */
export interface OurSide {
  readonly tenant: string;
  readonly paymentId: string;
  readonly currency: Currency;
  /** Minor units; of a chargeback with its fee. */
  readonly amountMinor: number;
  /** What we took of a capture for ourselves; 0 for anything else. */
  readonly ownFeeMinor: number;
}

/** Which postings on `psp_receivable` have to come back as a line of a file. */
export const settledBy: Readonly<Partial<Record<PostingName, SettlementLineType>>> = {
  captured: 'capture',
  refund_confirmed: 'refund',
  chargeback: 'chargeback',
  chargeback_reversed: 'chargeback_reversal',
};

export function settledOf({ provider, record }: Pick<FileLine, 'provider' | 'record'>): Settled {
  return { provider, type: record.type, operationId: record.operation_id };
}

/** Our side of a line; null when the payment has nothing of the kind in the books. */
export function ourSideOf(payment: Payment, settled: Settled): OurSide | null {
  if (providerOf(payment, settled) !== settled.provider) {
    return null;
  }
  const amounts = amountsOf(payment, settled);
  return (
    amounts && {
      tenant: payment.tenant,
      paymentId: payment.id,
      currency: payment.request.currency,
      ownFeeMinor: 0,
      ...amounts,
    }
  );
}

/** The PSP that settles something of a payment; null when none has done it. */
export function providerOf(
  payment: Payment,
  { type, operationId: id }: Pick<Settled, 'type' | 'operationId'>,
): string | null {
  return type === 'chargeback' || type === 'chargeback_reversal'
    ? (payment.disputes.find((dispute) => dispute.id === id)?.provider ?? null)
    : (payment.charge?.provider ?? null);
}

function amountsOf(
  payment: Payment,
  { type, operationId: id }: Settled,
): (Pick<OurSide, 'amountMinor'> & Partial<Pick<OurSide, 'ownFeeMinor'>>) | null {
  switch (type) {
    case 'capture': {
      const isCharge = id === operationId(payment.id, 'charge');
      if (isCharge && payment.request.capture_method === 'automatic') {
        const { amountCapturedMinor, feesMinor } = payment;
        return amountCapturedMinor > 0
          ? { amountMinor: amountCapturedMinor, ownFeeMinor: feesMinor }
          : null;
      }
      const capture = succeeded(payment, 'capture', id);
      return capture && { amountMinor: capture.amountMinor, ownFeeMinor: capture.feeMinor };
    }
    case 'refund': {
      const refund = succeeded(payment, 'refund', id);
      return refund && { amountMinor: refund.amountMinor };
    }
    case 'chargeback':
    case 'chargeback_reversal': {
      const dispute = payment.disputes.find((known) => known.id === id);
      if (!dispute || (type === 'chargeback_reversal' && dispute.status !== 'won')) {
        return null;
      }
      // The fee of a dispute that was won is not given back.
      const feeMinor = type === 'chargeback' ? dispute.feeMinor : 0;
      return { amountMinor: dispute.amountMinor + feeMinor };
    }
  }
}

function succeeded(payment: Payment, kind: 'capture' | 'refund', id: string) {
  const operation = operationOf(payment, id);
  return operation?.kind === kind && operation.status === 'succeeded' ? operation : null;
}

/**
 * What a line has to agree with us about, in minor units. The fee of a capture is the PSP's own
 * affair; of what it takes back we have booked the whole, and a reversal has none.
 */
export function theirsMinor({ type, gross, fee }: SettlementLineRecord): number {
  switch (type) {
    case 'capture':
      return gross;
    case 'refund':
    case 'chargeback':
      return gross + fee;
    case 'chargeback_reversal':
      return gross - fee;
  }
}

/** How a line compares with our side. Of another currency it is wrong whatever its amount. */
export function compare(
  record: SettlementLineRecord,
  ours: OurSide,
): 'matched' | 'wrong_currency' | 'wrong_amount' {
  if (record.currency !== ours.currency) {
    return 'wrong_currency';
  }
  return theirsMinor(record) === ours.amountMinor ? 'matched' : 'wrong_amount';
}
