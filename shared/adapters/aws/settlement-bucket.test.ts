import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settlementBucket } from './settlement-bucket.ts';

interface Received {
  readonly method: string | undefined;
  readonly url: string;
  readonly type: string | undefined;
  readonly body: string;
}

let server: Server;
let received: Received[];
let answers: { readonly status: number; readonly body: string }[];

beforeEach(async () => {
  received = [];
  answers = [];
  server = createServer(async (request, response) => {
    const body = await text(request);
    const { method, url = '', headers } = request;
    received.push({ method, url, type: headers['content-type'], body });
    const answer = answers.shift() ?? { status: 200, body: '' };
    response.writeHead(answer.status, { 'Content-Type': 'application/xml' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const page = (keys: readonly string[], next?: string) => ({
  status: 200,
  body: `<ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${
    next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`
  }${keys
    .map(
      (key) =>
        `<Contents><Key>${key}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><Size>7</Size></Contents>`,
    )
    .join('')}</ListBucketResult>`,
});
const paths = () => received.map(({ method, url }) => `${method} ${url.split('?')[0]}`);

describe('the bucket of settlement files', () => {
  it('is named in the path where there is an emulator, and takes a file as it is', async () => {
    const csv = 'line_id,gross\r\n1,10000\r\n';
    await settlementBucket('files').put('simulator/2026-01-01-000001.csv', csv);
    expect(paths()).toEqual(['PUT /files/simulator/2026-01-01-000001.csv']);
    expect(received[0]).toMatchObject({ type: 'text/csv', body: csv });
  });

  it('gives a file back by the byte', async () => {
    answers = [{ status: 200, body: 'line_id\r\n1\r\n' }];
    expect(await settlementBucket('files').get('simulator/a.csv')).toBe('line_id\r\n1\r\n');
    expect(paths()).toEqual(['GET /files/simulator/a.csv']);
  });

  it('has no file where there is none', async () => {
    answers = [{ status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' }];
    expect(await settlementBucket('files').get('simulator/a.csv')).toBeNull();
  });

  it('fails when it is the bucket that is not there', async () => {
    answers = [{ status: 404, body: '<Error><Code>NoSuchBucket</Code></Error>' }];
    await expect(settlementBucket('files').get('simulator/a.csv')).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  it('lists what has the prefix, page after page', async () => {
    answers = [page(['simulator/a.csv', 'simulator/b.csv'], 'more'), page(['simulator/c.csv'])];
    const files = await settlementBucket('files').list('simulator/');
    expect(files.map(({ key }) => key)).toEqual([
      'simulator/a.csv',
      'simulator/b.csv',
      'simulator/c.csv',
    ]);
    expect(files[0]).toEqual({
      key: 'simulator/a.csv',
      modified: '2026-01-02T03:04:05.000Z',
      bytes: 7,
    });
    const queries = received.map(({ url }) => new URL(url, 'http://s3').searchParams);
    expect(queries.map((query) => [query.get('prefix'), query.get('continuation-token')])).toEqual([
      ['simulator/', null],
      ['simulator/', 'more'],
    ]);
  });
});
