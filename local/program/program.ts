import { Argument, Command as Commander, CommanderError, Option } from 'commander';
import { UsageError } from './exit.ts';
import type { Asked, Caller, Command, Group } from './group.ts';
import type { Raw, Spec } from './specs.ts';

/** What is done with a command that was given, and its path as it was typed: `dlq redrive`. */
export type Chosen = (
  command: Command,
  given: Readonly<Record<string, unknown>>,
  path: string,
) => void | Promise<void>;

/** Registers a command or a group, and all that is below it, with commander. */
export function register(
  parent: Commander,
  name: string,
  node: Command | Group,
  chosen: Chosen,
): Commander {
  const made = parent.command(name).description(node.says).summary(firstSentence(node.says));
  if (node.kind === 'group') {
    made.helpCommand(false);
    for (const [below, child] of Object.entries(node.commands)) {
      register(made, below, child, chosen);
    }
    return made;
  }
  for (const spec of Object.values(node.operands)) {
    made.addArgument(argumentOf(spec));
  }
  for (const [key, spec] of Object.entries(node.options)) {
    made.addOption(optionOf(key, spec));
  }
  if (node.handsOn) {
    made.allowUnknownOption().allowExcessArguments();
  }
  return made.action(() => chosen(node, givenTo(made, node), pathOf(made)));
}

function firstSentence(says: string): string {
  return says.split(/[.;:] /)[0]?.replace(/\.$/, '') ?? says;
}

/** `perSecond` as it is typed: `--per-second`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function argumentOf({ value, says, isRequired, isMany }: Spec<unknown>): Argument {
  const name = `${value}${isMany ? '...' : ''}`;
  return new Argument(isRequired ? `<${name}>` : `[${name}]`, says);
}

function optionOf(key: string, { value, says, isRequired, isMany, otherwise }: Spec<unknown>) {
  const flag = flagOf(key);
  const default_ = otherwise === null ? '' : ` (default: ${otherwise})`;
  const option = new Option(value === null ? flag : `${flag} <${value}>`, `${says}${default_}`);
  option.makeOptionMandatory(isRequired);
  return isMany ? option.argParser<string[]>((one, before) => [...(before ?? []), one]) : option;
}

function givenTo(made: Commander, { options, operands }: Command): Record<string, unknown> {
  const values: Readonly<Record<string, Raw>> = made.opts();
  return Object.fromEntries([
    ...Object.entries(options).map(([key, spec]) => [key, spec.read(values[key], flagOf(key))]),
    ...Object.entries(operands).map(([key, spec], at) => [
      key,
      spec.read(made.processedArgs[at], spec.value ?? key),
    ]),
  ]);
}

function pathOf(made: Commander): string {
  const above = made.parent?.parent ? `${pathOf(made.parent)} ` : '';
  return `${above}${made.name()}`;
}

/** Settings that all of the tree inherits: commander throws, and what is wrong is said in one place. */
export function silently(program: Commander): Commander {
  return program.exitOverride().configureOutput({ writeErr: () => undefined });
}

/** What commander found wrong, as what the rest of the program throws; null: nothing was. */
export function usageOf(error: CommanderError): UsageError | null {
  if (error.exitCode === 0) {
    return null;
  }
  return new UsageError(
    error.code === 'commander.help'
      ? 'say which: there are several commands'
      : error.message.replace(/^error: /, ''),
  );
}

/**
 * What a line asks of a command or a group; nothing is done.
 *
 * @throws {UsageError} for a line that is not one of its own
 */
export function requestOf<R>(
  node: Command<R> | Group<R>,
  args: readonly string[],
  caller: Caller,
): R {
  const program = silently(new Commander());
  const found: Asked<R>[] = [];
  register(program, 'it', node, (command, given) => {
    found.push((command as Command<R>).asked(given, caller));
  });
  try {
    program.parse(['it', ...args], { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? (usageOf(error) ?? error) : error;
  }
  const [asked] = found;
  if (!asked) {
    throw new UsageError('nothing is asked for');
  }
  return asked.request;
}
