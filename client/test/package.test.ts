import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aPayment } from './support/scripted.ts';

const run = promisify(execFile);
const client = join(import.meta.dirname, '..');
const tsc = join(client, '..', 'node_modules', 'typescript', 'bin', 'tsc');

const app = mkdtempSync(join(tmpdir(), 'paysaga-client-'));
const installed = join(app, 'node_modules', '@paysaga', 'client');
let server: Server;
let url: string;

/** Builds the package, and puts into an app of somebody else what would be published of it. */
beforeAll(async () => {
  mkdirSync(installed, { recursive: true });
  const dist = join(installed, 'dist');
  await run(process.execPath, [tsc, '--project', client, '--outDir', dist]);
  cpSync(join(client, 'package.json'), join(installed, 'package.json'));
  writeFileSync(join(app, 'package.json'), '{"type":"module","private":true}');
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      const status = request.method === 'POST' ? 'processing' : 'captured';
      response.writeHead(request.method === 'POST' ? 202 : 200, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify({ ...aPayment, status }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server?.close();
  rmSync(app, { recursive: true, force: true });
});

it('works in plain Node, as its README begins', async () => {
  const readme = readFileSync(join(client, 'README.md'), 'utf8');
  const first = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(first.trim().split('\n')).toHaveLength(5);
  writeFileSync(join(app, 'first-call.js'), first);
  const { stdout } = await run(process.execPath, ['first-call.js'], {
    cwd: app,
    env: { PAYSAGA_URL: url, PAYSAGA_API_KEY: 'key-of-acme' },
  });
  expect(stdout).toBe(`${aPayment.id} captured\n`);
});

it('has types that hold without Node’s, and without the project’s', async () => {
  writeFileSync(
    join(app, 'typed.ts'),
    [
      "import { isProblem, type Payment, Paysaga, verifyWebhook } from '@paysaga/client';",
      "const client = new Paysaga({ baseUrl: 'https://api.example.com', apiKey: 'key' });",
      "const body = { amount: 1, currency: 'BRL', payment_method: 'tok_approve' } as const;",
      'export const payment: Promise<Payment> = client.payments.create(body, { waitSeconds: 1 });',
      '// @ts-expect-error an amount is a number',
      "client.payments.create({ ...body, amount: '1' });",
      '// @ts-expect-error a webhook endpoint takes no key',
      "client.webhookEndpoints.delete('id', { idempotencyKey: 'key' });",
      "for await (const { amount } of client.payments.list({ status: 'captured' })) amount.toFixed();",
      'export const left = (error: unknown): number =>',
      "  isProblem(error, 'amount_too_large') ? error.available : 0;",
      "export const event = verifyWebhook('', new Headers(), 'whsec_');",
    ].join('\n'),
  );
  const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022'];
  const libs = ['--lib', 'es2022,dom,dom.iterable,dom.asynciterable'];
  await run(process.execPath, [tsc, ...options, ...libs, 'typed.ts'], { cwd: app });
});

it('is for Node and browsers alike, and needs no other package', () => {
  const { dependencies, peerDependencies, exports, files } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  );
  expect([dependencies, peerDependencies]).toEqual([undefined, undefined]);
  expect(files).toEqual(['dist']);
  for (const target of Object.values<string>(exports['.'])) {
    const text = readFileSync(join(installed, target), 'utf8');
    expect(text).not.toMatch(/from '(?!\.)/);
  }
});
