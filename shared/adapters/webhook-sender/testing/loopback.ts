import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server on every address of this machine that counts who connects. */
export interface LoopbackServer {
  readonly port: number;
  readonly connections: () => number;
  /** The local address of the last connection. */
  readonly reachedAt: () => string | undefined;
  readonly close: () => Promise<void>;
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export function httpServer(answer: RequestListener): Promise<LoopbackServer> {
  return listening(createHttpServer(answer));
}

export function httpsServer(tls: Certificate, answer: RequestListener): Promise<LoopbackServer> {
  return listening(createHttpsServer(tls, answer));
}

/** What answers with whatever it likes. */
export function tcpServer(onConnection: (socket: Socket) => void): Promise<LoopbackServer> {
  return listening(
    createTcpServer((socket) => {
      socket.on('error', () => {});
      onConnection(socket);
    }),
  );
}

async function listening(server: Server): Promise<LoopbackServer> {
  const open = new Set<Socket>();
  let connections = 0;
  let reachedAt: string | undefined;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    reachedAt = socket.localAddress?.replace(/^::ffff:/, '');
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await listen(server, '::').catch(() => listen(server, '0.0.0.0'));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    reachedAt: () => reachedAt,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) {
          socket.destroy();
        }
      }),
  };
}

function listen(server: Server, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** A certificate that signs itself, for one name and the address 127.0.0.1; made by openssl. */
export function selfSigned(name: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'paysaga-certificate-'));
  const at = (file: string) => join(folder, file);
  try {
    writeFileSync(
      at('config'),
      `[req]\nprompt = no\ndistinguished_name = subject\nx509_extensions = names\n` +
        `[subject]\nCN = ${name}\n[names]\nsubjectAltName = DNS:${name}, IP:127.0.0.1\n` +
        `basicConstraints = critical, CA:TRUE\n`,
    );
    execFileSync(
      'openssl',
      `req -x509 -newkey rsa:2048 -nodes -days 2 -config ${at('config')} -keyout ${at('key')} -out ${at('cert')}`.split(
        ' ',
      ),
      { stdio: 'pipe' },
    );
    return { key: readFileSync(at('key'), 'utf8'), cert: readFileSync(at('cert'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
