import { describe, expect, it } from 'vitest';
import { lambdaContext } from '../../../test/support/api/api-event.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { Refusal } from '../../domain/saga/refusal.ts';
import { type InquiryCommand, inquiryTask } from './task.ts';

const input = {
  payment_id: 'payment-1',
  operation_id: 'operation-1',
  tenant: 'acme',
  correlation_id: 'correlation-1',
  execution: 'execution-1',
  asked: 3,
};

describe('the task of an inquiry', () => {
  const logs = recordLogs();

  it('gives the use case what it is about, and how often it was asked', async () => {
    const commands: InquiryCommand[] = [];
    const handler = inquiryTask(async (command) => void commands.push(command));
    expect(await handler(input, lambdaContext)).toEqual({});
    expect(commands).toEqual([{ paymentId: 'payment-1', operationId: 'operation-1', asked: 3 }]);
  });

  it('refuses by name what is not known yet, as a line of information about the operation', async () => {
    const handler = inquiryTask(async () => {
      throw new Refusal('StillUnknown', 'no answer');
    });
    await expect(handler(input, lambdaContext)).rejects.toMatchObject({ name: 'StillUnknown' });
    expect(logs.lines()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'refused',
        refusal: 'StillUnknown',
        payment_id: 'payment-1',
        operation_id: 'operation-1',
        tenant: 'acme',
        correlation_id: 'correlation-1',
      }),
    ]);
  });
});
