import { describe, expect, it } from 'vitest';
import { lambdaContext } from '../../test/support/api/api-event.ts';
import { recordLogs } from '../../test/support/logs.ts';
import { derivedId } from '../domain/ids.ts';
import { Refusal } from '../domain/saga/refusal.ts';
import { sagaTask, type TaskCommand, type TaskInput } from './saga-task.ts';

const input = {
  payment_id: 'payment-1',
  operation_id: null,
  tenant: 'acme',
  correlation_id: 'correlation-1',
  execution: 'execution-1',
  retries: 2,
  error: null,
};

function task(useCase: (command: TaskCommand) => Promise<void>) {
  const handler = sagaTask(useCase);
  return (given: Partial<TaskInput> = {}) => handler({ ...input, ...given }, lambdaContext);
}

describe('a saga task', () => {
  const logs = recordLogs();

  it('gives the use case its command, and the machine an empty answer', async () => {
    const commands: TaskCommand[] = [];
    const run = task(async (command) => void commands.push(command));
    expect(await run({ error: 'Declined' })).toEqual({});
    expect(commands).toEqual([
      {
        paymentId: 'payment-1',
        operationId: null,
        // Not the ARN: it names the account, and events are for merchants, too.
        execution: derivedId('execution', 'execution-1'),
        retries: 2,
        error: 'Declined',
      },
    ]);
  });

  it('gives the operation of a saga that works on one, and puts it on its lines', async () => {
    const run = task(async ({ operationId }) => {
      throw new Refusal('Declined', `of ${operationId}`);
    });
    await expect(run({ operation_id: 'operation-1' })).rejects.toThrow('of operation-1');
    await expect(run()).rejects.toThrow('of null');
    expect(logs.lines().map(({ operation_id }) => operation_id)).toEqual([
      'operation-1',
      undefined,
    ]);
  });

  it('lets a refusal leave by its name, as a line of information', async () => {
    const run = task(async () => {
      throw new Refusal('Declined', 'lost_card');
    });
    await expect(run()).rejects.toMatchObject({ name: 'Declined', message: 'lost_card' });
    expect(logs.lines()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'refused',
        refusal: 'Declined',
        reason: 'lost_card',
        payment_id: 'payment-1',
        tenant: 'acme',
        correlation_id: 'correlation-1',
      }),
    ]);
  });

  it('lets a fault leave as it is, as an error line', async () => {
    const fault = new TypeError('broken');
    await expect(task(() => Promise.reject(fault))()).rejects.toBe(fault);
    expect(logs.lines()).toEqual([
      expect.objectContaining({ level: 'ERROR', message: 'fault', payment_id: 'payment-1' }),
    ]);
  });

  it('lets a fault leave that is no Error', async () => {
    await expect(task(() => Promise.reject('broken'))()).rejects.toBe('broken');
    expect(logs.lines()[0]).toMatchObject({ level: 'ERROR', error: { message: 'broken' } });
  });

  it('does not put the ids of one payment on the lines of the next', async () => {
    const run = task(async () => {
      throw new Refusal('Declined', 'lost_card');
    });
    await expect(run()).rejects.toThrow();
    await expect(run({ payment_id: 'payment-2', tenant: 'globex' })).rejects.toThrow();
    expect(logs.lines().map(({ payment_id, tenant }) => [payment_id, tenant])).toEqual([
      ['payment-1', 'acme'],
      ['payment-2', 'globex'],
    ]);
  });
});
