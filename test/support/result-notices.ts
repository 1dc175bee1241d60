import type { ResultNotice } from '../../functions/payments/take-notice/charge.ts';
import { timeAt } from './ledger/transfers.ts';
import { facts } from './payments/facts.ts';

const idOf = {
  charge: facts.unknownCharge.facts.operation_id,
  reverse: facts.reversed.facts.operation_id,
  capture: facts.captureRequested.facts.operation_id,
  cancel: facts.cancelRequested.facts.operation_id,
  refund: facts.refundRequested.facts.operation_id,
};
export type About = keyof typeof idOf;
export type Told = 'effect' | 'none';

/** What a PSP tells of something of the payment of EUR 100.00 that `facts` are about. */
export function aResultNotice(
  about: About,
  told: Told,
  reference: string,
  {
    provider = 'psp',
    ...data
  }: Partial<ResultNotice['data']> & { readonly provider?: string } = {},
): ResultNotice {
  const types =
    about === 'charge'
      ? ({ effect: 'charge.approved', none: 'charge.declined' } as const)
      : ({ effect: 'operation.succeeded', none: 'operation.declined' } as const);
  const amount = { charge: 10_000, reverse: 10_000, capture: 4_000, cancel: 10_000, refund: 3_000 };
  return {
    id: `notice-${about}-${told}`,
    provider,
    time: timeAt(1_000),
    type: types[told],
    data: {
      reference,
      operation_id: idOf[about],
      provider_reference: told === 'effect' || about !== 'charge' ? 'ch_1' : null,
      amount: amount[about],
      currency: 'EUR',
      ...data,
    },
  };
}
