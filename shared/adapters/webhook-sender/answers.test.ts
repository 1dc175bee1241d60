import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, keeping, sendLocally, started } from './testing/local-sender.ts';
import { httpServer, tcpServer } from './testing/loopback.ts';

afterEach(closeAll);

describe('an answer', () => {
  it.each([200, 299, 400, 410, 429, 500, 503])('is its status: %d', async (status) => {
    const { port } = await started(httpServer(keeping(status).answer));
    expect(await sendLocally(`http://127.0.0.1:${port}/`)).toMatchObject({
      kind: 'answered',
      status,
    });
  });

  it.each([301, 302, 303, 307, 308])('of %d is not followed', async (status) => {
    const inner = await started(httpServer(keeping(200).answer));
    const location = `http://127.0.0.1:${inner.port}/`;
    const { received, answer } = keeping(status, { location, refresh: `0; url=${location}` });
    const { port } = await started(httpServer(answer));
    expect(await sendLocally(`http://127.0.0.1:${port}/`)).toMatchObject({
      kind: 'answered',
      status,
    });
    expect(received).toHaveLength(1);
    expect(inner.connections()).toBe(0);
  });

  it('is read no further than 64 KiB: then the connection is cut', async () => {
    const cut = Promise.withResolvers<number>();
    const { port } = await started(
      httpServer((_, response) => {
        let bytes = 0;
        response.on('close', () => cut.resolve(bytes));
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(1_024))) {
            bytes += 1_024;
          }
        };
        response.on('drain', more);
        more();
      }),
    );
    const answer = await sendLocally(`http://127.0.0.1:${port}/`, { deadlineMs: 60_000 });
    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
    // Beyond what was read, only what the buffers of two sockets hold.
    expect(await cut.promise).toBeLessThan(16 * 1_024 * 1_024);
  });

  it('counts though its body breaks off', async () => {
    const { port } = await started(
      tcpServer((socket) => {
        socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', () =>
            socket.destroy(),
          );
        });
      }),
    );
    expect(await sendLocally(`http://127.0.0.1:${port}/`)).toMatchObject({
      kind: 'answered',
      status: 200,
    });
  });

  it('counts though its body never ends', async () => {
    const { port } = await started(
      httpServer((_, response) => response.writeHead(202).flushHeaders()),
    );
    const answer = await sendLocally(`http://127.0.0.1:${port}/`, { deadlineMs: 200 });
    expect(answer).toMatchObject({ kind: 'answered', status: 202 });
  });
});

describe('no answer', () => {
  const expectFailed = async (
    onConnection: (socket: Socket) => void,
    reason: string,
    deadlineMs = 30_000,
  ) => {
    const { port } = await started(tcpServer(onConnection));
    expect(await sendLocally(`http://127.0.0.1:${port}/`, { deadlineMs })).toEqual({
      kind: 'failed',
      reason,
      durationMs: expect.any(Number),
    });
  };
  const late = 'no answer within 200 ms';

  it('is what never answers', () => expectFailed(() => {}, late, 200));

  it('is a TLS handshake that never ends', async () => {
    const { port } = await started(tcpServer(() => {}));
    const answer = await sendLocally(`https://localhost:${port}/`, { deadlineMs: 200 });
    expect(answer).toMatchObject({ kind: 'failed', reason: late });
  });

  it('is a head that comes too slowly to end', () =>
    expectFailed(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('X: y\r\n'), 20);
        socket.on('close', () => clearInterval(drip));
      },
      late,
      200,
    ));

  it('is what only ever says that it will answer', () =>
    expectFailed(
      (socket) => {
        const drip = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20);
        socket.on('close', () => clearInterval(drip));
      },
      late,
      200,
    ));

  it('is a connection that is reset', () =>
    expectFailed(
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
      'no answer: ECONNRESET',
    ));

  it('is a connection that is closed', () =>
    expectFailed((socket) => socket.once('data', () => socket.end()), 'no answer: ECONNRESET'));

  it('is a head of more than 16 KiB', () =>
    expectFailed((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(17 * 1_024)}\r\n\r\n`);
    }, 'the answer is not readable: HPE_HEADER_OVERFLOW'));

  it('is what is no HTTP', () =>
    expectFailed((socket) => {
      socket.write('220 mail.example.com ESMTP\r\n');
    }, 'the answer is not readable: HPE_INVALID_CONSTANT'));

  it('is another protocol', () =>
    expectFailed((socket) => {
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n',
      );
    }, 'no answer: ECONNRESET'));

  it('is a port where nobody listens, whose address is not named', async () => {
    const server = await tcpServer(() => {});
    await server.close();
    expect(await sendLocally(`http://127.0.0.1:${server.port}/`)).toMatchObject({
      kind: 'failed',
      reason: 'no answer: ECONNREFUSED',
    });
  });

  it('is a name that does not resolve', async () => {
    const resolve = () =>
      Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }));
    expect(await sendLocally('https://hooks.example.com/', { resolve })).toMatchObject({
      kind: 'failed',
      reason: 'the host name does not resolve: ENOTFOUND',
    });
  });

  it('is a name that is looked up for too long', async () => {
    const resolve = () => new Promise<never>(() => {});
    const answer = await sendLocally('https://hooks.example.com/', { resolve, deadlineMs: 20 });
    expect(answer).toMatchObject({ kind: 'failed', reason: 'no answer within 20 ms' });
  });

  it('is not made of a bug', async () => {
    const resolve = () => Promise.reject(new Error('a bug'));
    await expect(sendLocally('https://hooks.example.com/', { resolve })).rejects.toThrow('a bug');
  });
});
