import { userInfo } from 'node:os';
import { Command as Commander, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { askFor, canAsk } from './ask.ts';
import { coloursOn } from './colour.ts';
import { sections } from './entry.ts';
import { endingOf, UsageError } from './exit.ts';
import type { Command } from './group.ts';
import { groups } from './groups.ts';
import { type Chosen, register, silently, usageOf } from './program.ts';

/**
 * Does what a command line says:
 * 1. load the groups that it names, and no others: each needs a part of the project
 * 2. let commander read it
 * 3. ask the person at the terminal, if there is one, for what is missing
 * 4. run the command
 * 5. say what went wrong on stderr, with --json as a JSON document
 *
 * @returns the exit code, of local/program/exit.ts
 */
export async function paysaga(args: readonly string[]): Promise<number> {
  if (args.includes('--no-color')) {
    // For all that prints here, and for what is started from here.
    process.env.NO_COLOR = '1';
  }
  let exitCode = 0;
  let program: Commander | null = null;
  try {
    const caller = { user: userName(), nowMs: Date.now() };
    program = await programOf(
      (name) => args.includes(name),
      async (command, given) => {
        const { run } = command.asked(await completed(command, given), caller);
        exitCode = await run();
      },
    );
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return tell(error instanceof CommanderError ? usageOf(error) : error, program, args);
  }
}

/** Who is at this machine. In a container it may be a number alone, of which the system knows no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER || 'unknown';
  }
}

/**
 * The tree of all commands.
 *
 * @param isLoaded whether a group has what is below it; else it has its name and its summary alone
 */
export async function programOf(
  isLoaded: (name: string) => boolean,
  chosen: Chosen,
): Promise<Commander> {
  const program = silently(new Commander('paysaga'))
    .description('Paysaga on this machine and in your account: npx paysaga <command>')
    .version(manifest.version, '--version', 'which one this is')
    .option('--no-color', 'no colours; NO_COLOR=1 does the same')
    .helpOption('-h, --help', 'this text')
    .helpCommand('help [command]', 'this text, or that of a command')
    .commandsGroup('Help:')
    .configureHelp({ styleTitle: (title) => coloursOn(process.stdout).bold(title) })
    .addHelpText(
      'after',
      '\n`npm run <command> -- …` is the same. docs/cli.md has all of it, and the exit codes.',
    );
  for (const [name, { section, summary, load }] of Object.entries(groups)) {
    const made = isLoaded(name)
      ? register(program, name, await load(), chosen)
      : program.command(name).description(summary);
    made.summary(summary).helpGroup(sections[section]);
  }
  return program;
}

/** What was given, and what a person who can be asked says to the rest. */
async function completed(
  { options }: Command,
  given: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const all = { ...given };
  for (const [key, { question }] of Object.entries(options)) {
    if (
      question !== null &&
      all[key] === undefined &&
      question.isNeeded(all) &&
      canAsk(all.json === true)
    ) {
      all[key] = await askFor(question.asks);
    }
  }
  return all;
}

function tell(error: unknown, program: Commander | null, args: readonly string[]): number {
  if (error === null) {
    return 0;
  }
  const { exitCode, code, message, idempotencyKey } = endingOf(error);
  if (args.includes('--json')) {
    const again = idempotencyKey === null ? {} : { idempotency_key: idempotencyKey };
    console.error(JSON.stringify({ error: { code, message, ...again } }));
    return exitCode;
  }
  console.error(coloursOn(process.stderr).red(message));
  if (error instanceof UsageError) {
    console.error(`\n${pathIn(program, args)} --help says what it takes.`);
  }
  return exitCode;
}

/** The command that was meant, as far as it can be told. */
function pathIn(program: Commander | null, args: readonly string[]): string {
  let at: Commander | null | undefined = program;
  const path = ['paysaga'];
  for (const arg of args) {
    at = at?.commands.find((one) => one.name() === arg);
    if (!at) {
      break;
    }
    path.push(arg);
  }
  return path.join(' ');
}
