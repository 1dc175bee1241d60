import { type LookupFunction, Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { httpServer, type LoopbackServer, tcpServer } from './testing/loopback.ts';
import { type WebhookSenderOptions, webhookSender } from './webhook-sender.ts';

let server: LoopbackServer;
beforeAll(async () => {
  server = await httpServer((_, response) => response.end('reached'));
});
afterAll(() => server.close());
afterEach(() => {
  vi.restoreAllMocks();
});

const at = (url: string) => url.replace('PORT', String(server.port));
const send = (url: string, options: WebhookSenderOptions = {}) =>
  webhookSender(options)({ url: at(url), headers: {}, body: '{}' });

/** A resolver that gives one answer after the other, and the names that it was asked for. */
function resolver(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const left = [...answers];
  const resolve = async (host: string) => {
    asked.push(host);
    return left.shift() ?? [];
  };
  return { asked, resolve };
}

/** Nothing tried to connect anywhere, and nobody has reached the server. */
async function expectNotReached(attempt: () => Promise<unknown>) {
  const connect = vi.spyOn(Socket.prototype, 'connect');
  const before = server.connections();
  expect(await attempt()).toEqual({ kind: 'refused', reason: expect.any(String) });
  expect(connect).not.toHaveBeenCalled();
  connect.mockRestore();
  // The server still counts: had it been reached, the count would be more by now.
  expect((await send('http://127.0.0.1:PORT/', { allowLoopback: true })).kind).toBe('answered');
  expect(server.connections()).toBe(before + 1);
}

const literals = [
  ['decimal', '2130706433'],
  ['octal', '0177.0.0.1'],
  ['octal in one', '017700000001'],
  ['hex', '0x7f.0x0.0x0.0x1'],
  ['hex in one', '0x7f000001'],
  ['mixed', '0x7f.0.0.01'],
  ['two parts', '127.1'],
  ['three parts', '127.0.1'],
  ['a dot at the end', '127.0.0.1.'],
  ['full-width digits', '１２７.0.0.1'],
  ['circled digits', '①②⑦.⓪.⓪.①'],
  ['ideographic dots', '127。0。0。1'],
  ['percent signs', '%31%32%37.0.0.1'],
  ['plain', '127.0.0.1'],
  ['the last of the net', '127.255.255.254'],
  ['unspecified', '0.0.0.0'],
  ['unspecified in one', '0'],
  ['private', '10.0.0.1'],
  ['private', '172.16.0.1'],
  ['private', '192.168.1.1'],
  ['private in decimal', '167772161'],
  ['metadata', '169.254.169.254'],
  ['metadata in decimal', '2852039166'],
  ['metadata in hex', '0xa9fea9fe'],
  ['metadata in octal', '0251.0376.0251.0376'],
  ['carrier', '100.64.0.1'],
  ['multicast', '224.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['IPv6 loopback', '[::1]'],
  ['IPv6 loopback in full', '[0:0:0:0:0:0:0:1]'],
  ['IPv6 unspecified', '[::]'],
  ['mapped', '[::ffff:127.0.0.1]'],
  ['mapped in hex', '[::ffff:7f00:1]'],
  ['mapped metadata', '[::ffff:169.254.169.254]'],
  ['compatible', '[::127.0.0.1]'],
  ['translated', '[::ffff:0:127.0.0.1]'],
  ['NAT64', '[64:ff9b::127.0.0.1]'],
  ['NAT64 of a network', '[64:ff9b:1::169.254.169.254]'],
  ['6to4', '[2002:7f00:1::]'],
  ['Teredo', '[2001:0:7f00:1::]'],
  ['link-local', '[fe80::1]'],
  ['a zone', '[fe80::1%25lo]'],
  ['a bare zone', '[::1%lo]'],
  ['unique local', '[fd00::1]'],
  ['IPv6 metadata', '[fd00:ec2::254]'],
  ['IPv6 multicast', '[ff02::1]'],
  ['localhost', 'localhost'],
  ['localhost in capitals', 'LOCALHOST'],
  ['localhost with percent signs', 'loc%61lhost'],
  ['localhost with a dot', 'localhost.'],
  ['below localhost', 'shop.localhost'],
  ['localdomain', 'localhost.localdomain'],
  ['metadata by name', 'metadata.google.internal'],
  ['metadata by a short name', 'metadata'],
] as const;

describe('a webhook to a host that is', () => {
  it.each(literals)('%s (%s) reaches nobody', async (_, host) => {
    const { resolve } = resolver(['127.0.0.1']);
    await expectNotReached(() => send(`https://${host}:PORT/`));
    await expectNotReached(() => send(`https://${host}:PORT/`, { resolve }));
    await expectNotReached(() => send(`http://${host}:PORT/`));
  });

  it('this machine is sent nothing in the local stage either, by a name that is not its own', async () => {
    const options = { allowLoopback: true, ...resolver(['127.0.0.1']) };
    await expectNotReached(() => send('https://hooks.example.com:PORT/', options));
  });
});

describe('a webhook to a name that resolves to', () => {
  it.each([
    ['loopback', ['127.0.0.1']],
    ['IPv6 loopback', ['::1']],
    ['mapped loopback', ['::ffff:127.0.0.1']],
    ['a private address', ['10.1.2.3']],
    ['the metadata address', ['169.254.169.254']],
    ['the IPv6 metadata address', ['fd00:ec2::254']],
    ['a link-local address with a zone', ['fe80::1%lo']],
    ['a NAT64 address', ['64:ff9b::7f00:1']],
    ['a public and a private address', ['1.1.1.1', '127.0.0.1']],
    ['a private and a public address', ['127.0.0.1', '1.1.1.1']],
    ['a public IPv4 and a private IPv6 address', ['1.1.1.1', 'fd00::1']],
    ['what is no address', ['hooks.example.com']],
    ['nothing', []],
  ])('%s reaches nobody', async (_, addresses) => {
    const { resolve, asked } = resolver(addresses);
    await expectNotReached(() => send('https://hooks.example.com:PORT/', { resolve }));
    expect(asked).toEqual(['hooks.example.com']);
  });

  it('no internal address says so without naming one', async () => {
    const { resolve } = resolver(['10.1.2.3']);
    expect(await send('https://hooks.example.com/', { resolve })).toEqual({
      kind: 'refused',
      reason: 'the host has an address that is not on the internet',
    });
  });
});

describe('a name that is bound anew after the check', () => {
  it('is looked up once, and the connection goes to what was checked', async () => {
    const dialled: unknown[] = [];
    vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args) {
      const [{ lookup, host }] = args.flat() as unknown as [
        { lookup: LookupFunction; host: string },
      ];
      lookup(host, { all: true }, (_, all) => dialled.push(all));
      lookup(host, {}, (_, address) => dialled.push(address));
      process.nextTick(() => this.destroy(Object.assign(new Error(), { code: 'ECONNREFUSED' })));
      return this;
    });
    const { resolve, asked } = resolver(['1.1.1.1', '2606:4700::1'], ['127.0.0.1']);
    const before = server.connections();
    expect(await send('https://hooks.example.com:PORT/', { resolve })).toMatchObject({
      kind: 'failed',
      reason: 'no answer: ECONNREFUSED',
    });
    expect(asked).toEqual(['hooks.example.com']);
    expect(dialled).toEqual([
      [
        { address: '1.1.1.1', family: 4 },
        { address: '2606:4700::1', family: 6 },
      ],
      '1.1.1.1',
    ]);
    expect(server.connections()).toBe(before);
  });

  it('reaches the first answer over a real connection', async () => {
    const { resolve, asked } = resolver(['127.0.0.1'], ['10.0.0.1']);
    const answer = await send('http://rebound.localhost:PORT/', { resolve, allowLoopback: true });
    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
    expect(asked).toEqual(['rebound.localhost']);
    expect(server.reachedAt()).toBe('127.0.0.1');
  });

  it.each(['http', 'https'])(
    'is sent nothing over %s when the connection leads past the check',
    async (protocol) => {
      let bytes = 0;
      const closed = Promise.withResolvers<void>();
      const other = await tcpServer((socket) => {
        socket.on('data', (chunk) => {
          bytes += chunk.length;
        });
        socket.on('close', () => closed.resolve());
      });
      try {
        // A literal is connected to as it stands, whatever the resolver says of it.
        const { resolve } = resolver(['127.0.0.2']);
        const url = `${protocol}://127.0.0.1:${other.port}/`;
        expect(await send(url, { resolve, allowLoopback: true })).toEqual({
          kind: 'refused',
          reason: 'the connection led to an address that was not checked',
        });
        await closed.promise;
        expect(bytes).toBe(0);
      } finally {
        await other.close();
      }
    },
  );
});
