import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What the server does with a request, once all of it is there. */
export type Script = (response: ServerResponse) => void;

export const json =
  (status: number, body: unknown): Script =>
  (response) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
export const error = (status: number, code: string) =>
  json(status, { error: { code, message: 'No.' } });
export const text =
  (status: number, body: string): Script =>
  (response) =>
    response.writeHead(status).end(body);

/** Announces more than it sends, and then breaks the connection. */
export const breaksOff =
  (status: number, part: string): Script =>
  (response) => {
    response.writeHead(status, { 'Content-Length': 1_000 });
    response.write(part, () => response.socket?.resetAndDestroy());
  };
export const resets: Script = (response) => response.socket?.resetAndDestroy();
export const closes: Script = (response) => response.socket?.end();
export const neverAnswers: Script = () => {};
export const neverEnds =
  (status: number): Script =>
  (response) => {
    response.writeHead(status, { 'Content-Length': 1_000 });
    response.write('{"id":');
  };

/** An HTTP server on the loopback that does to each request what the script of the moment says. */
export async function scriptedPsp() {
  const received: ReceivedRequest[] = [];
  let script: Script = (response) => response.end();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      script(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    /** Sets what comes next and forgets what came before. */
    answerWith: (next: Script) => {
      script = next;
      received.length = 0;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
