import { Command as Commander } from 'commander';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { Command, Group } from './group.ts';
import { groups } from './groups.ts';
import { programOf } from './main.ts';
import { flagOf, register, requestOf, silently } from './program.ts';

interface Leaf {
  readonly path: string;
  readonly command: Command;
}

function leavesOf(path: string, node: Command | Group): readonly Leaf[] {
  return node.kind === 'command'
    ? [{ path, command: node }]
    : Object.entries(node.commands).flatMap(([name, below]) => leavesOf(`${path} ${name}`, below));
}

const tops = await Promise.all(
  Object.entries(groups).map(async ([name, entry]) => ({ name, entry, node: await entry.load() })),
);
const leaves = tops.flatMap(({ name, node }) => leavesOf(name, node));
const caller = { user: 'me', nowMs: 0 };

/** These start something, or hand the output of another tool on: they print no data. */
const withoutJson = ['start', 'fault', 'deploy', 'test', 'docs', 'screenshots'];

describe('the tree of commands', () => {
  it('has a summary for the list of all, and a sentence of every command', () => {
    for (const { name, entry, node } of tops) {
      expect(entry.summary, name).toMatch(/^\S.{3,79}[^.]$/);
      expect(node.says, name).toMatch(/^[A-Z].*\.$/);
    }
    for (const { path, command } of leaves) {
      expect(command.says, path).toMatch(/^[A-Z].{10,}\.$/);
    }
  });

  it('is all there for npm run as well, by the bin itself', () => {
    const { scripts, bin }: { scripts: Record<string, string>; bin: object } = manifest;
    expect(bin).toEqual({ paysaga: 'local/bootstrap.mjs' });
    for (const name of Object.keys(groups)) {
      expect(scripts[name]).toBe(`node local/bootstrap.mjs ${name}`);
    }
  });

  it('says of every option and operand what it is', () => {
    for (const { path, command } of leaves) {
      for (const [key, spec] of Object.entries({ ...command.options, ...command.operands })) {
        expect(spec.says, `${path} ${key}`).toMatch(/^\S.{2,}$/);
      }
    }
  });

  it.each(leaves.map(({ path, command }) => [path, command] as const))(
    'prints data as JSON when it is asked to: %s',
    (path, command) => {
      expect(Object.hasOwn(command.options, 'json')).toBe(!withoutJson.includes(path));
    },
  );

  it.each(leaves.map(({ path, command }) => [path, command] as const))(
    'refuses an option that it does not know: %s',
    (_path, command) => {
      const needed = [
        ...Object.values(command.operands).flatMap((spec) => (spec.isRequired ? ['x'] : [])),
        ...Object.entries(command.options).flatMap(([key, spec]) =>
          spec.isRequired ? [flagOf(key), 'x'] : [],
        ),
      ];
      const line = [...needed, '--no-such-option'];
      expect(() => requestOf(command, line, caller)).toThrow(
        command.handsOn ? '--stage' : "unknown option '--no-such-option'",
      );
    },
  );

  it('says what is meant by a name that is nearly right', async () => {
    const program = await programOf(
      (name) => name === 'dlq',
      () => undefined,
    );
    const parsing = (...line: string[]) => program.parseAsync(line, { from: 'user' });
    await expect(parsing('dlk')).rejects.toThrow(/unknown command 'dlk'\s+\(Did you mean dlq\?\)/);
    await expect(parsing('dlq', 'lsit')).rejects.toThrow('(Did you mean list?)');
    await expect(parsing('dlq', 'list', '--jsno')).rejects.toThrow('(Did you mean --json?)');
  });

  it('loads what a line names, and no more', async () => {
    const program = await programOf(
      (name) => name === 'dlq',
      () => undefined,
    );
    const below = new Map(program.commands.map((one) => [one.name(), one.commands.length]));
    expect(below.get('dlq')).toBe(5);
    expect(below.get('keys')).toBe(0);
    expect([...below.keys()]).toEqual(Object.keys(groups));
  });

  it.each(leaves.map(({ path }) => path))('has a help of its own: %s', (path) => {
    const program = silently(new Commander('paysaga'));
    const printed: string[] = [];
    program.configureOutput({ writeOut: (text) => printed.push(text) });
    const [top = '', ...below] = path.split(' ');
    const node = tops.find(({ name }) => name === top)?.node;
    expect(node).toBeDefined();
    if (node) {
      register(program, top, node, () => undefined);
    }
    expect(() => program.parse([top, ...below, '--help'], { from: 'user' })).toThrow(
      expect.objectContaining({ exitCode: 0 }),
    );
    expect(printed.join('')).toContain(`Usage: paysaga ${path}`);
  });
});
