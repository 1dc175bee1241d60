import type { SettlementLineRecord } from '../../../shared/contracts/settlement/settlement.ts';
import { derivedId, operationId } from '../../../shared/domain/ids.ts';
import { type Break, lineBreak } from '../../../shared/domain/settlement/break.ts';
import type { Claim, SettlementChange } from '../../../shared/domain/settlement/decide.ts';
import { nothingPosted } from '../../../shared/domain/settlement/postings.ts';
import type { FileLine, OurSide } from '../../../shared/domain/settlement/sides.ts';
import { timeAt } from '../ledger/transfers.ts';

/** A line about a payment's charge of EUR 100.00, changed by what a test gives. */
export function aLine(
  key: string,
  given: Partial<SettlementLineRecord> = {},
  place: { readonly file?: string; readonly number?: number } = {},
): FileLine {
  const { file = 'psp/1.csv', number = 2 } = place;
  const payment = derivedId('test payment', key);
  return {
    provider: 'psp',
    file,
    number,
    record: {
      line_id: `line-${number}`,
      type: 'capture',
      reference: payment,
      operation_id: operationId(payment, 'charge'),
      provider_reference: 'ch_1',
      gross: 10_000,
      fee: 120,
      currency: 'EUR',
      time: timeAt(0),
      ...given,
    },
  };
}

/** Our side of such a line. */
export function oursOf({ record }: FileLine, tenant = 'acme'): OurSide {
  return {
    tenant,
    paymentId: record.reference,
    currency: 'EUR',
    amountMinor: 10_000,
    ownFeeMinor: 290,
  };
}

/** The claim that a line has, without any postings. */
export function aClaim({ provider, file, number, record }: FileLine, tenant = 'acme'): Claim {
  return {
    provider,
    type: record.type,
    operationId: record.operation_id,
    file,
    line: number,
    lineId: record.line_id,
    outcome: 'matched',
    tenant,
    paymentId: record.reference,
    currency: 'EUR',
    posted: nothingPosted,
    replaced: null,
    time: timeAt(0),
  };
}

/** A break of a line, of a tenant's payment; `tenant` null: of nobody's. */
export function aBreak(
  line: FileLine,
  tenant: string | null = 'acme',
  { kind = 'wrong_amount' as Break['kind'], time = timeAt(0) } = {},
): Break {
  const owner = tenant === null ? null : { tenant, paymentId: line.record.reference };
  return lineBreak(kind, line, tenant === null ? null : oursOf(line, tenant), owner, time);
}

/** A change of a settlement with nothing in it but what a test gives. */
export function aChange(given: Partial<SettlementChange>): SettlementChange {
  return {
    claim: null,
    replaces: null,
    unclaimed: null,
    files: null,
    waiting: null,
    closes: [],
    absent: [],
    transfers: [],
    ...given,
  };
}
