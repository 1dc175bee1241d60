import { describe, expect, it } from 'vitest';
import { aPayment, aTransfer, timeAt } from '../../../../test/support/transfers.ts';
import {
  captureTransfers,
  holdTransfer,
  releaseTransfer,
} from '../../../domain/ledger/postings.ts';
import type { Transfer } from '../../../domain/ledger/transfer.ts';
import { type Image, ledgerItems, transferOf, UnreadableTransfer } from './ledger-items.ts';

const payment = aPayment();
const hold = holdTransfer(payment, timeAt(0));
const [captured, fee] = captureTransfers(payment, timeAt(1)) as [Transfer, Transfer];
const released = releaseTransfer(payment, timeAt(2));

const imageOf = (transfer: Transfer): Image =>
  ledgerItems([transfer], 'ledger').at(-1)?.Put?.Item ?? {};

describe('the items of a transfer', () => {
  it('have flat attributes, and numbers as numbers', () => {
    expect(imageOf(captured)).toEqual({
      pk: { S: `TRANSFER#${hold.id}` },
      sk: { S: 'RESOLUTION' },
      id: { S: captured.id },
      kind: { S: 'post_pending' },
      posting: { S: 'captured' },
      tenant: { S: 'acme' },
      currency: { S: 'EUR' },
      debit_account: { S: 'acme#EUR#psp_receivable' },
      credit_account: { S: 'acme#EUR#merchant_payable' },
      amount_minor: { N: '10000' },
      payment_id: { S: payment.id },
      time: { S: timeAt(1) },
      position: { S: `${timeAt(1)}#01#${captured.id}` },
      pending_id: { S: hold.id },
      pending_amount_minor: { N: '10000' },
    });
  });

  it('are one put, or for a resolution a check and a put', () => {
    const actions = ledgerItems([hold, captured, fee], 'ledger').map((item) => Object.keys(item));
    expect(actions.flat()).toEqual(['Put', 'ConditionCheck', 'Put', 'Put']);
  });

  it('are none for a transfer that no ledger may take', () => {
    expect(() => ledgerItems([fee, aTransfer({ amountMinor: 0 })], 'ledger')).toThrow(RangeError);
  });
});

describe('a transfer read back', () => {
  it.each([hold, captured, fee, released])('is the one that was written: $posting', (transfer) => {
    expect(transferOf(imageOf(transfer))).toEqual(transfer);
  });

  it('may be of a tenant with the separator in its name', () => {
    const transfer = aTransfer({ tenant: 'a#EUR#b' });
    expect(transferOf(imageOf(transfer))).toEqual(transfer);
  });

  it.each<[string, object]>([
    ['id', { id: undefined }],
    ['id', { id: { S: '' } }],
    ['kind', { kind: { S: 'guess' } }],
    ['posting', { posting: { S: 'gift' } }],
    ['tenant', { tenant: { N: '1' } }],
    ['currency', { currency: { S: 'XXX' } }],
    ['debit_account', { debit_account: { S: 'acme#EUR#toString' } }],
    ['debit_account', { debit_account: { S: 'other#EUR#psp_receivable' } }],
    ['credit_account', { credit_account: { S: 'acme#USD#merchant_payable' } }],
    ['amount_minor', { amount_minor: { N: '0' } }],
    ['amount_minor', { amount_minor: { N: '1.5' } }],
    ['amount_minor', { amount_minor: { N: '9007199254740993' } }],
    ['amount_minor', { amount_minor: { S: '10' } }],
    ['payment_id', { payment_id: undefined }],
    ['time', { time: undefined }],
    ['pending_id', { pending_id: undefined }],
    ['pending_amount_minor', { pending_amount_minor: undefined }],
  ])('is refused without a usable %s: %j', (attribute, change) => {
    const image = { ...imageOf(captured), ...change } as Image;
    expect(() => transferOf(image)).toThrow(UnreadableTransfer);
    expect(() => transferOf(image)).toThrow(new RegExp(`no usable ${attribute}$`));
  });

  it('is refused when there is no image at all', () => {
    expect(() => transferOf(undefined)).toThrow(UnreadableTransfer);
  });
});
