import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { paymentEventSource } from '../../../shared/contracts/events/sources.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { ChaosStack } from '../stack/chaos-stack.ts';
import { queueUrlOf } from '../stack/looks.ts';

/** Messages that can never be right, each with a mark by which it is known among the dead letters. */
export function poisonOf(stack: ChaosStack, seed: number) {
  const { aws, output } = stack;
  const marks: string[] = [];
  const mark = (key: string) => {
    const made = derivedId('poison', String(seed), key);
    marks.push(made);
    return made;
  };
  const send = async (QueueUrl: string, MessageBody: string) => {
    await aws.queues.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    return true;
  };
  const kinds: Record<string, (key: string) => Promise<boolean>> = {
    'poison on the bus': async (key) => {
      const Detail = JSON.stringify({ id: mark(key), type: 'payment.captured', data: {} });
      const entry = {
        EventBusName: output('BusName'),
        Source: paymentEventSource,
        DetailType: 'payment.captured',
        Detail,
      };
      await aws.bus.send(new PutEventsCommand({ Entries: [entry] }));
      return true;
    },
    'poison in the queue of the list': async (key) =>
      send(await queueUrlOf(stack, 'PaymentsProjectList'), `{"not json": ${mark(key)}`),
    'poison among the notices': (key) =>
      send(
        output('ProviderNoticesQueueUrl'),
        JSON.stringify({ id: mark(key), type: 'charge.lost', provider: 'simulator', data: {} }),
      ),
  };
  return { kinds, marks };
}
