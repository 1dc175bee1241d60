import { describe, expect, it } from 'vitest';
import { transferId } from '../../../shared/domain/ids.ts';
import type { Providers, RoutedCharge } from '../../../shared/ports/provider.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { anAccepted, aReserved, routes } from '../../../test/support/payments/reserved.ts';
import { reserve } from './reserve.ts';

describe('reserve', () => {
  it('holds the amount with a pending transfer, in the change that makes the owner', async () => {
    const { deps, command, load, store, id } = await anAccepted({ amount: 1_234, currency: 'JPY' });
    await reserve({ ...deps, providers: routes })(command);
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
    await reserve({ ...deps, providers: routes })(command);
    await Promise.all([
      reserve({ ...deps, providers: routes })(command),
      reserve({ ...deps, providers: routes })(command),
    ]);
    expect(store.transfers).toHaveLength(1);
    expect(await types()).toEqual(['accepted', 'reserved']);
  });

  it('has one owner when ten executions come at once', async () => {
    const { deps, command, store, load } = await anAccepted();
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        reserve({ ...deps, providers: routes })({ ...command, execution: `e${index}` }),
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
    await expect(reserve({ ...deps, providers: routes })(command)).rejects.toMatchObject({
      name: 'Superseded',
    });
    expect(store.transfers).toEqual([]);
  });

  it('puts on record the PSP that comes first for such a charge', async () => {
    const { deps, command, load } = await anAccepted({ amount: 1_234, currency: 'JPY' });
    const asked: RoutedCharge[] = [];
    const route: Providers['route'] = (charge) => {
      asked.push(charge);
      return ['psp-b', 'psp'];
    };
    await reserve({ ...deps, providers: { route } })(command);
    expect((await load()).provider).toBe('psp-b');
    expect(asked).toEqual([
      { tenant: 'acme', currency: 'JPY', amountMinor: 1_234, paymentMethod: 'tok_approve' },
    ]);
  });

  it('leaves what is held, and its PSP, to the execution that takes the payment over', async () => {
    const { deps, command, load, write, types } = await aReserved();
    await write(facts.resumed, facts.restarted);
    const before = await load();
    const other = { route: () => ['psp-b'] as const };
    await reserve({ ...deps, providers: other })({ ...command, execution: 'e2' });
    expect(await load()).toEqual(before);
    await expect(reserve({ ...deps, providers: routes })(command)).rejects.toMatchObject({
      name: 'Superseded',
    });
    expect(await types()).toEqual(['accepted', 'reserved', 'resumed', 'execution_restarted']);
  });

  it('is its owner’s alone when an old execution and a new one come at once before any hold', async () => {
    const { deps, command, load, write, store } = await anAccepted();
    await write(facts.resumed);
    const results = await Promise.allSettled(
      ['e1', 'e2'].map((execution) =>
        reserve({ ...deps, providers: routes })({ ...command, execution }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(store.transfers).toHaveLength(1);
    expect((await load()).progress.resumed).toBe(false);
  });
});
