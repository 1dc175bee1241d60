import type { Entry } from '../../program/entry.ts';
import { noLocalStack, UsageError } from '../../program/exit.ts';
import { command } from '../../program/group.ts';

import { flag, json, text } from '../../program/specs.ts';

export const test = command({
  says: 'Runs every check and every test: lint, types, dependency rules, dead code, generated docs, and tests against a LocalStack of its own.',
  operands: { which: text('fast', 'leaves out what needs LocalStack') },
  options: {},
  read: ({ which }) => {
    if (which !== undefined && which !== 'fast') {
      throw new UsageError(`it takes no argument but: fast; not ${which}`);
    }
    return { isFast: which === 'fast' };
  },
  run: async ({ isFast }) => (await import('../../test.ts')).runTests(isFast),
});

/** @param groups all that docs/cli.md is to have */
export function docs(groups: Readonly<Record<string, Entry>>) {
  return command({
    says: 'Writes the parts of the docs, and the documents, that are made from the code.',
    options: { check: flag('writes nothing; ends with 1 when one is behind the code') },
    read: (given) => given,
    run: async ({ check }) => {
      const [{ generateDocs }, { exitTable, referenceOf }] = await Promise.all([
        import('../../../docs/generate.ts'),
        import('../../program/reference.ts'),
      ]);
      const commands = await referenceOf(groups);
      return generateDocs({ check, more: { commands: () => commands, exits: exitTable } });
    },
  });
}

export const screenshots = command({
  says: 'Takes the pictures of the console in docs/console, of the local stack that is up, after playing it some payments.',
  options: {},
  read: () => ({}),
  run: async () => {
    const [{ takeShots }, { status }] = await Promise.all([
      import('../../../docs/console/shots.ts'),
      import('../../stack.ts'),
    ]);
    const stack = await status();
    if (!stack) {
      throw noLocalStack();
    }
    await takeShots(stack, { log: (line) => console.log(line) });
    return 0;
  },
});

/** Named here too, as the sections themselves import all that they measure. */
const sections = ['handlers', 'policies', 'histories', 'init', 'simulation', 'stack'] as const;

export const bench = command({
  says: 'Measures the handlers’ own time, policies, cold starts, the simulation, and a LocalStack of its own: each beside a reference of the same run.',
  options: {
    only: text('A,B', `of ${sections.join(', ')}; without it all of them`),
    write: flag('puts what came out into docs/performance.md; all sections, so without --only'),
    json,
  },
  read: ({ only, ...given }) => {
    if (only !== undefined && given.write) {
      throw new UsageError('--write is of all sections, as the page has them; leave out --only');
    }
    return { ...given, only: sectionsOf(only) };
  },
  run: async (given) => (await import('../../../test/bench/bench.ts')).runBench(given),
});

function sectionsOf(only: string | undefined): (typeof sections)[number][] | undefined {
  return only?.split(',').map((name) => {
    const section = sections.find((known) => known === name);
    if (!section) {
      throw new UsageError(`no section ${name}; there are ${sections.join(', ')}`);
    }
    return section;
  });
}
