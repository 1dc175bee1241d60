import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ProviderNoticeMessage } from '../../contracts/events/notices.ts';
import { sqsNotices } from './notice-queue.ts';

/** What SQS was asked to send. */
const asked: { QueueUrl: string; MessageBody: string; DelaySeconds: number }[] = [];

const server = createServer(async (request, response) => {
  const sent = (await json(request)) as (typeof asked)[0];
  asked.push(sent);
  // The SDK takes an answer without the body's checksum for a fault.
  const MD5OfMessageBody = createHash('md5').update(sent.MessageBody).digest('hex');
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ MessageId: '1', MD5OfMessageBody }));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});

afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const notice: ProviderNoticeMessage = {
  id: 'nt_1',
  provider: 'simulator',
  time: '2026-01-01T00:00:00.000Z',
  type: 'charge.declined',
  data: {
    reference: '0198a000-0000-8000-8000-000000000002',
    operation_id: 'op-1',
    provider_reference: null,
    amount: 10_000,
    currency: 'EUR',
  },
};

it.each([
  ['at once', undefined, 0],
  ['20 s later', { delaySeconds: 20 }, 20],
])('a notice goes to the queue as JSON, to arrive %s', async (_name, options, DelaySeconds) => {
  asked.length = 0;
  const QueueUrl = `${process.env.AWS_ENDPOINT_URL}/000000000000/notices`;
  await sqsNotices(QueueUrl)(notice, options);
  expect(asked).toEqual([{ QueueUrl, MessageBody: JSON.stringify(notice), DelaySeconds }]);
});
