import { describe, expect, it } from 'vitest';
import { lambdaContext } from '../../../test/support/api/api-event.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { Refusal } from '../../domain/saga/refusal.ts';
import { type PayoutInquiryCommand, payoutInquiryTask } from './inquiry-task.ts';

const input = {
  payout_id: 'payout-1',
  operation_id: null,
  tenant: 'acme',
  correlation_id: 'correlation-1',
  execution: 'arn:aws:states:eu-central-1:000000000000:execution:resolve-payout:1',
  asked: 3,
};

const run = (useCase: (command: PayoutInquiryCommand) => Promise<void>) =>
  payoutInquiryTask(useCase)(input, lambdaContext);

describe('the task of an inquiry about a payout', () => {
  const logs = recordLogs();

  it('is called with the payout, and how often it was asked', async () => {
    const seen: PayoutInquiryCommand[] = [];
    expect(await run(async (command) => void seen.push(command))).toEqual({});
    expect(seen).toEqual([{ payoutId: 'payout-1', asked: 3 }]);
  });

  it('says that nothing is known yet as an answer and no error', async () => {
    const refused = run(() => Promise.reject(new Refusal('StillUnknown', 'no answer')));
    await expect(refused).rejects.toMatchObject({ name: 'StillUnknown' });
    expect(logs.lines()).toEqual([
      expect.objectContaining({ level: 'INFO', refusal: 'StillUnknown', payout_id: 'payout-1' }),
    ]);
  });
});
