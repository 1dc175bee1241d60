import { describe, expect, it } from 'vitest';
import { lambdaContext } from '../../../test/support/api/api-event.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { Refusal } from '../../domain/saga/refusal.ts';
import { type PayoutCommand, payoutTask } from './payout-task.ts';

const input = {
  payout_id: 'payout-1',
  operation_id: null,
  tenant: 'acme',
  correlation_id: 'correlation-1',
  execution: 'arn:aws:states:eu-central-1:000000000000:execution:payout:1',
  retries: 2,
  error: 'ProviderBusy',
};

const run = (useCase: (command: PayoutCommand) => Promise<void>) =>
  payoutTask(useCase)(input, lambdaContext);

describe('a task of the payout saga', () => {
  const logs = recordLogs();

  it('is called with the payout, an execution that names no account, and the error before', async () => {
    let seen: PayoutCommand | undefined;
    expect(
      await run(async (command) => {
        seen = command;
      }),
    ).toEqual({});
    expect(seen).toEqual({
      payoutId: 'payout-1',
      execution: expect.stringMatching(/^[0-9a-f-]{36}$/),
      error: 'ProviderBusy',
    });
  });

  it('lets a refusal out by its name, as an answer and no error', async () => {
    const refused = run(() => Promise.reject(new Refusal('InsufficientFunds', 'too little')));
    await expect(refused).rejects.toMatchObject({ name: 'InsufficientFunds' });
    expect(logs.lines()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        refusal: 'InsufficientFunds',
        payout_id: 'payout-1',
        correlation_id: 'correlation-1',
      }),
    ]);
  });

  it.each([[new RangeError('no')], ['no']])('lets a fault out as it is: %s', async (fault) => {
    await expect(run(() => Promise.reject(fault))).rejects.toBe(fault);
    expect(logs.lines()).toEqual([expect.objectContaining({ level: 'ERROR', message: 'fault' })]);
  });
});
