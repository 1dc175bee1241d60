import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const accessKey = { id: 'AKIDTEST', secret: 'not-a-secret' };

/** One call that an AWS client made. */
export interface AwsCall {
  /** `DynamoDB_20120810.GetItem`; for S3, which names none, `GET /bucket/key`. */
  readonly target: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the signature is the one that AWS would work out. */
  readonly signed: boolean;
}

export interface AwsServer {
  readonly endpoint: string;
  readonly calls: readonly AwsCall[];
  readonly close: () => Promise<void>;
}

/**
 * Answers AWS's JSON protocols and S3 on the loopback, and checks each request's signature.
 *
 * @param answers by operation, or by S3's method and path; text is sent as it is, and what has a
 *   `__type` as the error of that name
 */
export async function awsServer(answers: Readonly<Record<string, unknown>>): Promise<AwsServer> {
  const calls: AwsCall[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { pathname } = new URL(String(request.url), 'http://localhost');
    const target = String(request.headers['x-amz-target'] ?? `${request.method} ${pathname}`);
    calls.push({
      target,
      body,
      headers: request.headers as Record<string, string>,
      signed: isSigned(request, body),
    });
    const operation = target.split('.').at(-1) ?? '';
    const answer = answers[target] ?? answers[operation] ?? {};
    const isError = typeof answer === 'object' && answer !== null && '__type' in answer;
    response.writeHead(isError ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** AWS Signature Version 4, worked out from the request alone. */
function isSigned({ method, url = '/', headers }: IncomingMessage, body: string): boolean {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (!parts) {
    return false;
  }
  const [, id, date, region, service, names, signature] = parts as unknown as string[];
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  searchParams.sort();
  const canonical = [
    method,
    pathname,
    searchParams.toString(),
    ...(names as string).split(';').map((name) => `${name}:${headers[name]}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part as string),
    `AWS4${accessKey.secret}`,
  );
  return id === accessKey.id && hmac(key, toSign).toString('hex') === signature;
}

function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

function hmac(key: string | Buffer, value: string): Buffer {
  return createHmac('sha256', key).update(value).digest();
}
