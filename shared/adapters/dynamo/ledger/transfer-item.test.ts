import { describe, expect, it } from 'vitest';
import {
  aHold,
  aTransfer,
  captureOf,
  releaseOf,
} from '../../../../test/support/ledger/transfers.ts';
import type { Transfer } from '../../../domain/ledger/transfer.ts';
import { attributesOf, type Image, transferOf, UnreadableTransfer } from './transfer-item.ts';

const hold = aHold();
const captured = captureOf(hold, { operationId: 'ca_1' });
const fee = aTransfer({ paymentId: null }, 'fee');
const released = releaseOf(hold);

const imageOf = (transfer: Transfer): Image => attributesOf(transfer);

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
    ['payment_id', { payment_id: { S: '' } }],
    ['operation_id', { operation_id: { N: '1' } }],
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
