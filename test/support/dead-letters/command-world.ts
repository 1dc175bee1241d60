import { parseDlq } from '../../../local/commands/dlq/arguments.ts';
import { answer } from '../../../local/commands/dlq/command.ts';
import { deadLetterWorld } from './world.ts';

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
