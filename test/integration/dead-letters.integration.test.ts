import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { paymentEventSource } from '../../shared/contracts/events/payment-events.ts';
import { apiClient } from '../support/deployed/api.ts';
import { awsClientConfig, outputOf, stack, tenantOf } from '../support/deployed/stack.ts';
import { until } from '../support/deployed/until.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);

it('a poison event lands in the dead letters with its reason, while its neighbours pass', async () => {
  const bus = new EventBridgeClient(awsClientConfig);
  const queue = new SQSClient(awsClientConfig);
  const poison = { id: randomUUID(), type: 'payment.captured', tenant: tenantOf(0).id, data: {} };
  const before = await acme.pay({ amount: 300, currency: 'PLN', payment_method: 'tok_approve' });
  await bus.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: outputOf('BusName'),
          Source: paymentEventSource,
          DetailType: 'payment.captured',
          Detail: JSON.stringify(poison),
        },
      ],
    }),
  );
  const after = await acme.pay({ amount: 300, currency: 'PLN', payment_method: 'tok_approve' });

  const letter = await until('the dead letter', async () => {
    const { Messages = [] } = await queue.send(
      new ReceiveMessageCommand({
        QueueUrl: outputOf('PaymentsProjectListDeadLettersUrl'),
        MessageAttributeNames: ['All'],
        WaitTimeSeconds: 1,
        VisibilityTimeout: 0,
        MaxNumberOfMessages: 10,
      }),
    );
    return Messages.find(({ Body }) => Body?.includes(poison.id));
  });
  expect(letter.MessageAttributes?.error_name?.StringValue).toBe('Poison');
  expect(letter.MessageAttributes?.reason?.StringValue).toContain('not an event of the contract');

  await until('the neighbours to be in the list', async () => {
    const { json } = await acme.get<{ data: { id: string; status: string }[] }>(
      '/payments?status=captured&limit=100',
    );
    const listed = json.data.map(({ id }) => id);
    return listed.includes(before.json.id) && listed.includes(after.json.id) ? true : null;
  });
});
