import { execFile } from 'node:child_process';
import http from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeAll, keeping, sendLocally, started } from './testing/local-sender.ts';
import { type Certificate, httpServer, httpsServer, selfSigned } from './testing/loopback.ts';
import { webhookSender } from './webhook-sender.ts';

let certificate: Certificate;
beforeAll(() => {
  certificate = selfSigned('localhost');
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await closeAll();
});

describe('a webhook', () => {
  it('is posted over TLS, byte for byte', async () => {
    const { received, answer } = keeping(204);
    const { port } = await started(httpsServer(certificate, answer));
    const body = '{"id":"1","text":"ä€😀"}';
    const headers = { 'content-type': 'application/json', 'webhook-id': '1' };
    const options = { ca: certificate.cert };
    expect(
      await sendLocally(`https://localhost:${port}/a?b=c`, options, { headers, body }),
    ).toEqual({
      kind: 'answered',
      status: 204,
      durationMs: expect.any(Number),
    });
    expect(received).toEqual([
      {
        method: 'POST',
        url: '/a?b=c',
        headers: {
          ...headers,
          host: `localhost:${port}`,
          'content-length': String(Buffer.byteLength(body)),
          connection: 'close',
        },
        body,
      },
    ]);
  });

  it.each([
    ['localhost', 'localhost'],
    // RFC 6066 has no server name for an address.
    ['127.0.0.1', false],
  ])('is posted by the certificate of %s, asked for as %s', async (host, expected) => {
    const asked: unknown[] = [];
    const { port } = await started(
      httpsServer(certificate, (request, response) => {
        asked.push((request.socket as TLSSocket).servername);
        response.end();
      }),
    );
    const answered = await sendLocally(`https://${host}:${port}/`, { ca: certificate.cert });
    expect(answered).toMatchObject({ kind: 'answered', status: 200 });
    expect(asked).toEqual([expected]);
  });

  it('is posted without TLS to this machine, by the addresses that the system has for it', async () => {
    const { received, answer } = keeping(200);
    const { port } = await started(httpServer(answer));
    const sender = webhookSender({ allowLoopback: true });
    for (const host of ['127.0.0.1', 'localhost']) {
      const request = { url: `http://${host}:${port}/`, headers: {}, body: '' };
      expect(await sender(request)).toMatchObject({ kind: 'answered', status: 200 });
    }
    expect(received.map(({ headers }) => headers.host)).toEqual([
      `127.0.0.1:${port}`,
      `localhost:${port}`,
    ]);
  });

  it('has a connection of its own each time', async () => {
    const { answer } = keeping(200, { connection: 'keep-alive' });
    const server = await started(httpServer(answer));
    await sendLocally(`http://127.0.0.1:${server.port}/`);
    await sendLocally(`http://127.0.0.1:${server.port}/`);
    expect(server.connections()).toBe(2);
  });

  it('may have 256 KiB, and is not sent with more', async () => {
    const { received, answer } = keeping(200);
    const server = await started(httpServer(answer));
    const url = `http://127.0.0.1:${server.port}/`;
    const most = 'ä'.repeat(128 * 1_024);
    expect(await sendLocally(url, {}, { body: most })).toMatchObject({ kind: 'answered' });
    expect(await sendLocally(url, {}, { body: `${most}.` })).toEqual({
      kind: 'refused',
      reason: 'the body has more than 262144 bytes',
    });
    expect(received.map(({ body }) => body.length)).toEqual([most.length]);
    expect(server.connections()).toBe(1);
  });

  it('goes past what a tracer puts around HTTP: it would record the url, and add a header', async () => {
    const around = [vi.spyOn(http, 'request'), vi.spyOn(https, 'request')];
    const { received, answer } = keeping(200);
    const plain = await started(httpServer(answer));
    const secure = await started(httpsServer(certificate, answer));
    await sendLocally(`http://127.0.0.1:${plain.port}/`);
    await sendLocally(`https://127.0.0.1:${secure.port}/`, { ca: certificate.cert });
    expect(received).toHaveLength(2);
    for (const wrapped of around) {
      expect(wrapped).not.toHaveBeenCalled();
    }
  });

  it('goes by no proxy of the environment', async () => {
    const { received, answer } = keeping(200);
    const { port } = await started(httpServer(answer));
    const proxy = await started(httpServer((_, response) => response.end()));
    const direct = `http://127.0.0.1:${port}/`;
    const script = `
      import { get } from 'node:http';
      import { webhookSender } from ${JSON.stringify(new URL('./webhook-sender.ts', import.meta.url).href)};
      await new Promise((done) => get(${JSON.stringify(direct)}, (r) => r.resume().on('end', done)));
      const send = webhookSender({ allowLoopback: true });
      console.log(JSON.stringify(await send({ url: ${JSON.stringify(direct)}, headers: {}, body: '' })));
    `;
    const all = `http://127.0.0.1:${proxy.port}`;
    const child = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', script],
      {
        env: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: all, HTTPS_PROXY: all, http_proxy: all },
      },
    );
    expect(JSON.parse(child.stdout)).toMatchObject({ kind: 'answered', status: 200 });
    expect(received.map(({ method }) => method)).toEqual(['POST']);
    // The script's own GET: this Node does heed the proxy.
    expect(proxy.connections()).toBe(1);
  });
});

describe('a certificate', () => {
  it('that nobody vouches for ends it before anything is sent', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { received, answer } = keeping(200);
    const { port } = await started(httpsServer(certificate, answer));
    expect(await sendLocally(`https://localhost:${port}/`)).toMatchObject({
      kind: 'failed',
      reason: 'no answer: DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(received).toEqual([]);
  });

  it('of another host ends it before anything is sent', async () => {
    const { received, answer } = keeping(200);
    const { port } = await started(httpsServer(certificate, answer));
    const options = { ca: certificate.cert };
    expect(await sendLocally(`https://other.localhost:${port}/`, options)).toMatchObject({
      kind: 'failed',
      reason: 'no answer: ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(received).toEqual([]);
  });

  it('is not to be had where TLS is not spoken', async () => {
    const { received, answer } = keeping(200);
    const { port } = await started(httpServer(answer));
    expect((await sendLocally(`https://localhost:${port}/`)).kind).toBe('failed');
    expect(received).toEqual([]);
  });
});
