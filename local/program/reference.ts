import { type Entry, sections } from './entry.ts';
import { exitCodes } from './exit.ts';
import type { Command, Group, Specs } from './group.ts';
import { flagOf } from './program.ts';
import { json, type Spec, stage } from './specs.ts';

/** Every command with what it takes, as docs/cli.md has it. */
export async function referenceOf(groups: Readonly<Record<string, Entry>>): Promise<string> {
  const parts = Object.entries(sections).map(async ([section, title]) => {
    const own = Object.entries(groups).filter(([, entry]) => entry.section === section);
    const commands = await Promise.all(
      own.map(async ([name, { load }]) => textOf(name, await load())),
    );
    return [`### ${title.replace(/:$/, '')}`, ...commands.flat()];
  });
  return (await Promise.all(parts)).flat().join('\n\n');
}

/** The exit codes, as docs/cli.md has them. */
export function exitTable(): string {
  return [
    '| exit code | what it says |',
    '|---|---|',
    ...Object.values(exitCodes).map(({ code, means }) => `| ${code} | ${means} |`),
  ].join('\n');
}

function textOf(path: string, node: Command | Group): string[] {
  return node.kind === 'group'
    ? Object.entries(node.commands).flatMap(([name, below]) => textOf(`${path} ${name}`, below))
    : [`#### \`${lineOf(path, node)}\``, node.says, ...tableOf(node)];
}

function lineOf(path: string, { operands, options }: Command): string {
  const shown = Object.values(operands).map((spec) => nameOf(spec));
  const needed = Object.entries(options)
    .filter(([, { isRequired }]) => isRequired)
    .map(([key, spec]) => optionText(key, spec));
  const common = Object.entries(options)
    .filter(([, spec]) => isCommon(spec))
    .map(([key, spec]) => `[${optionText(key, spec)}]`);
  return [path, ...shown, ...needed, ...common].join(' ');
}

/** What is the same wherever it is, and told of once. */
function isCommon(spec: Spec<unknown>): boolean {
  return spec === json || spec === stage;
}

function nameOf(spec: Spec<unknown>): string {
  const name = `${spec.value}${spec.isMany ? '...' : ''}`;
  return spec.isRequired ? `<${name}>` : `[${name}]`;
}

function tableOf({ operands, options }: Command): string[] {
  const rows = [...rowsOf(operands, (_key, spec) => nameOf(spec)), ...rowsOf(options, optionText)];
  return rows.length === 0 ? [] : [['| takes | which is |', '|---|---|', ...rows].join('\n')];
}

function rowsOf(specs: Specs, named: (key: string, spec: Spec<unknown>) => string): string[] {
  const own = Object.entries(specs).filter(([, spec]) => !isCommon(spec));
  return own.map(([key, spec]) => {
    const otherwise = spec.otherwise === null ? '' : `; default: ${spec.otherwise}`;
    const many = spec.isMany ? ', as often as needed' : '';
    return `| \`${cell(named(key, spec))}\` | ${cell(`${spec.says}${many}${otherwise}`)} |`;
  });
}

function optionText(key: string, { value }: Spec<unknown>): string {
  return value === null ? flagOf(key) : `${flagOf(key)} ${value}`;
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
