import { answer } from '../../../local/commands/dlq/command.ts';
import { dlq } from '../../../local/commands/dlq/group.ts';
import { requestOf } from '../../../local/program/program.ts';
import { deadLetterWorld } from './world.ts';

const parseDlq = (args: readonly string[], user: string) =>
  requestOf(dlq, args, { user, nowMs: 0 });

/** A world in which commands are given as a line. */
export function commandWorld() {
  const made = deadLetterWorld();
  return {
    ...made,
    run: async (line: string) => {
      const { code, lines } = await answer(made.deps, made.edges, parseDlq(line.split(' '), 'me'));
      return { code, lines, text: lines.join('\n') };
    },
  };
}
