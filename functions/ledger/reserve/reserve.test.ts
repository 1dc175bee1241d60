import { describe, expect, it } from 'vitest';
import { transferId } from '../../../shared/domain/ids.ts';
import { facts } from '../../../test/support/facts.ts';
import { anAccepted, aReserved } from '../../../test/support/reserved.ts';
import { reserve } from './reserve.ts';

describe('reserve', () => {
  it('holds the amount with a pending transfer, in the change that makes the owner', async () => {
    const { deps, command, load, store, id } = await anAccepted({ amount: 1_234, currency: 'JPY' });
    await reserve(deps)(command);
    expect(await load()).toMatchObject({
      status: 'processing',
      version: 2,
      execution: 'e1',
      hold: { transferId: transferId(id, 'authorized'), state: 'pending' },
    });
    expect(store.transfers).toEqual([
      {
        id: transferId(id, 'authorized'),
        kind: 'pending',
        posting: 'authorized',
        tenant: 'acme',
        currency: 'JPY',
        amountMinor: 1_234,
        debitAccount: 'psp_receivable',
        creditAccount: 'merchant_payable',
        paymentId: id,
        operationId: null,
        time: store.allEvents.at(-1)?.time,
      },
    ]);
  });

  it('holds it once, however often it is called', async () => {
    const { deps, command, store, types } = await aReserved();
    await reserve(deps)(command);
    await Promise.all([reserve(deps)(command), reserve(deps)(command)]);
    expect(store.transfers).toHaveLength(1);
    expect(await types()).toEqual(['accepted', 'reserved']);
  });

  it('has one owner when ten executions come at once', async () => {
    const { deps, command, store, load } = await anAccepted();
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        reserve(deps)({ ...command, execution: `e${index}` }),
      ),
    );
    const winners = results.flatMap(({ status }, index) =>
      status === 'fulfilled' ? [`e${index}`] : [],
    );
    expect(winners).toEqual([(await load()).execution]);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ name: 'Superseded' });
      }
    }
    expect(store.transfers).toHaveLength(1);
  });

  it('stops at a payment that has ended', async () => {
    const { deps, command, write, store } = await anAccepted();
    await write(facts.failed);
    await expect(reserve(deps)(command)).rejects.toMatchObject({ name: 'Superseded' });
    expect(store.transfers).toEqual([]);
  });
});
