import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** A program that ends as the command line does. */
function ending(run: string) {
  const end = join(import.meta.dirname, 'program/end.ts');
  return spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { endAfter } from ${JSON.stringify(end)}; await endAfter(async () => { ${run} });`,
    ],
    { encoding: 'utf8' },
  );
}

/** The command line as a process of its own, at no terminal. */
function paysaga(...args: readonly string[]) {
  const cli = join(import.meta.dirname, 'cli.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
    env: { ...process.env, CI: 'true', FORCE_COLOR: undefined },
  });
  return { status, stdout, stderr };
}

const question = ['policy', 'check', '--action', 'payments:read', '--principal'];

describe('paysaga', () => {
  it('says what there is, and ends with 0', () => {
    const { status, stdout } = paysaga('--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}dlq +dead letters/m);
    expect(stdout).not.toContain('\u001b[');
  });

  it('ends with 2 for a line that it does not take, and says how to find out', () => {
    expect(paysaga('dlq', 'lsit')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        "unknown command 'lsit'\n(Did you mean list?)\n\npaysaga dlq --help says what it takes.\n",
    });
    expect(paysaga('keys')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^say which/),
    });
    expect(paysaga()).toMatchObject({ status: 2, stdout: '' });
  });

  it('says what is wrong as one JSON document when it is asked for JSON', () => {
    const { status, stdout, stderr } = paysaga('payments', 'show', 'x', '--json');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(JSON.parse(stderr)).toEqual({
      error: { code: 'wrong_use', message: 'ID is the id of a payment, as its resource has it' },
    });
  });

  it('asks nobody for what is missing where nobody is', () => {
    expect(paysaga('dlq', 'discard', 'x')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^give --reason/),
    });
  });

  it('ends with 0 when the policies say yes, and with 3 when they say no', () => {
    expect(paysaga(...question, 'tenant=acme')).toMatchObject({ status: 0 });
    const { status, stdout } = paysaga(
      ...question,
      'tenant=acme',
      '--resource',
      'tenant=x',
      '--json',
    );
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ effect: 'deny' });
  });
});

describe('its end', () => {
  it('waits until all that was printed is read, through a pipe too', () => {
    const print = (to: string) => `console.${to}(JSON.stringify(Array(60_000).fill('row')));`;
    const { status, stdout, stderr } = ending(`${print('log')} ${print('error')} return 3;`);
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toHaveLength(60_000);
    expect(JSON.parse(stderr)).toHaveLength(60_000);
  });

  it('waits for nothing else', () => {
    expect(ending('setInterval(() => {}, 1_000_000); return 0;')).toMatchObject({ status: 0 });
  });

  it('is never 0 after an error that nobody caught', () => {
    expect(ending("throw new Error('out of paper');")).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'out of paper\n',
    });
  });
});
