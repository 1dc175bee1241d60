import { describe, expect, it } from 'vitest';
import { ProviderNotice } from '../../../shared/contracts/events/notices.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { aPayoutNotice } from '../../../test/support/payouts.ts';
import { takeNotice } from './take-notice.ts';

const reference = derivedId('test', 'reference');
const dispute = {
  dispute_id: 'dp_1',
  reference,
  provider_reference: 'ch_1',
  amount: 1,
  fee: 0,
  currency: 'EUR',
  reason: 'fraudulent',
};
const result = {
  reference,
  operation_id: derivedId('test', 'operation'),
  provider_reference: 'ch_1',
  amount: 1,
  currency: 'EUR',
};
const payout = aPayoutNotice('payout.paid', reference).data;

describe('a notice', () => {
  it.each([
    ['charge.approved', result, 'result'],
    ['charge.declined', { ...result, amount: null, provider_reference: null }, 'result'],
    ['operation.succeeded', result, 'result'],
    ['operation.declined', result, 'result'],
    ['dispute.opened', dispute, 'dispute'],
    ['dispute.won', dispute, 'dispute'],
    ['dispute.lost', dispute, 'dispute'],
    ['payout.paid', payout, 'payout'],
    ['payout.failed', payout, 'payout'],
  ])('%s goes to what takes it', async (type, data, expected) => {
    const taken: string[] = [];
    const take = takeNotice({
      result: async (notice) => void taken.push(`result ${notice.type}`),
      dispute: async (notice) => void taken.push(`dispute ${notice.type}`),
      payout: async (notice) => void taken.push(`payout ${notice.type}`),
    });
    await take(ProviderNotice.parse({ id: 'n1', provider: 'psp', time: timeAt(0), type, data }));
    expect(taken).toEqual([`${expected} ${type}`]);
  });
});
