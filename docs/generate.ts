import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import builtIn from '../policies/default.json' with { type: 'json' };
import { endpoints } from '../shared/contracts/endpoints.ts';
import { apiErrors } from '../shared/contracts/errors.ts';
import { accountCodes, chartOfAccounts, limitOf } from '../shared/domain/ledger/accounts.ts';
import { postings } from '../shared/domain/ledger/transfer.ts';
import { moves, transitions } from '../shared/domain/payment/state.ts';
import { keptItems } from '../shared/domain/retention/kept-items.ts';
import { inquiries, inquiryNames } from '../shared/domain/saga/inquiry.ts';
import { sagaNames, sagas } from '../shared/domain/saga/sagas.ts';
import { capacityPage } from './capacity/text.ts';
import type { ApiDocument } from './client/document.ts';
import { clientFiles } from './client/files.ts';
import { documents } from './contracts/documents.ts';
import { costParts, counts } from './cost/page.ts';
import { flow, flowchart, inquiryFlow, inquirySchedules, tasks } from './flows.ts';
import { dashboardTable, metricsTable, queriesTable } from './observability.ts';

/**
 * The parts of the docs that are made from the code's tables. A file holds each between
 * `<!-- generated: NAME -->` and `<!-- end -->`; `npm run docs` writes them.
 */
const parts: Readonly<Record<string, () => string>> = {
  ...costParts,
  capacity: () => capacityPage(counts().captured.alone),
  dashboard: dashboardTable,
  queries: queriesTable,
  metrics: metricsTable,
  errors: () =>
    Object.entries(apiErrors)
      .map(
        ([code, { status, title, action }]) => `| \`${code}\` | ${status} | ${title} | ${action} |`,
      )
      .join('\n')
      .replace(/^/, '| code | status | what happened | what to do |\n|---|---|---|---|\n'),
  endpoints: () =>
    [
      '| endpoint | what it does | its own errors |',
      '|---|---|---|',
      ...Object.values(endpoints).map(
        ({ method, path, summary, errors }) =>
          `| \`${method} ${path}\` | ${summary} | ${codes(errors)} |`,
      ),
    ].join('\n'),
  states: () =>
    [
      '```mermaid',
      'stateDiagram-v2',
      '  [*] --> processing',
      ...Object.entries(transitions).flatMap(([from, next]) =>
        next.length === 0 ? [`  ${from} --> [*]`] : next.map((to) => `  ${from} --> ${to}`),
      ),
      '```',
    ].join('\n'),
  moves: () =>
    [
      '| status | what can be asked |',
      '|---|---|',
      ...Object.entries(moves).map(([status, kinds]) => `| \`${status}\` | ${codes(kinds)} |`),
    ].join('\n'),
  saga: () => flowchart(sagas.payment),
  tasks: () => tasks(sagas.payment),
  flows: () => sagaNames.map((name) => flow(sagas[name])).join('\n\n'),
  inquiries: () =>
    [...inquiryNames.map((name) => inquiryFlow(inquiries[name])), inquirySchedules()].join('\n\n'),
  actions: () =>
    [
      '| scope | action | endpoints |',
      '|---|---|---|',
      ...[...actions()].map(([needed, routes]) => `| ${needed} | ${codes([...new Set(routes)])} |`),
    ].join('\n'),
  policies: () =>
    [
      '| policy | effect | actions | what it is for |',
      '|---|---|---|---|',
      ...builtIn.policies.map(
        ({ id, effect, actions, description }) =>
          `| \`${id}\` | ${effect} | ${codes(actions)} | ${description} |`,
      ),
    ].join('\n'),
  postings: () =>
    [
      '| posting | debit | credit |',
      '|---|---|---|',
      ...Object.entries(postings).map(
        ([name, { debit, credit }]) => `| \`${name}\` | \`${debit}\` | \`${credit}\` |`,
      ),
    ].join('\n'),
  retention: () =>
    [
      '| table | keys | what it is | kept | why | what ends it |',
      '|---|---|---|---|---|---|',
      ...keptItems.map(
        ({ table, keys, what, kept, why, ends }) =>
          `| \`${table}\` | \`${keys.replace('?G*#', '')}\` | ${what} | ${kept} | ${why} | ${ends} |`,
      ),
    ].join('\n'),
  accounts: () =>
    [
      '| account | grows by | limit |',
      '|---|---|---|',
      ...accountCodes.map(
        (code) => `| \`${code}\` | ${chartOfAccounts[code].normal}s | ${limitOf(code) ?? '-'} |`,
      ),
    ].join('\n'),
};

/** The endpoints by what they need. */
function actions(): Map<string, string[]> {
  const routes = new Map<string, string[]>();
  for (const { access, method, path } of Object.values(endpoints)) {
    if (access !== null) {
      const needed = `\`${access.scope}\` | \`${access.action}\``;
      routes.set(needed, [...(routes.get(needed) ?? []), `${method} ${path}`]);
    }
  }
  return new Map([...routes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ') || '-';
}

/** Puts each part into its place in a text. @throws Error for a place that no part is for */
function fillIn(text: string, all: typeof parts): string {
  return text.replace(
    /<!-- generated: ([a-z]+) -->\n[\s\S]*?<!-- end -->/g,
    (_place, name: string) => {
      const part = all[name];
      if (!part) {
        throw new Error(`nothing is generated for ${name}`);
      }
      return `<!-- generated: ${name} -->\n${part()}\n<!-- end -->`;
    },
  );
}

/** The files with generated parts, from the project's folder. */
const generatedFiles = [
  'docs/capacity.md',
  'docs/cost.md',
  'docs/errors.md',
  'docs/architecture.md',
  'docs/cli.md',
  'docs/flows.md',
  'docs/policies.md',
  'docs/retention.md',
  'docs/observability.md',
];

/** A file as it is and as it should be; null: it is not there, or should not be. */
interface Generated {
  readonly file: string;
  readonly url: URL;
  readonly before: string | null;
  readonly after: string | null;
}

/** Folders in which everything is generated. */
const generatedFolders = ['docs/schemas/', 'client/src/generated/'];

/** Every file that is generated, or has generated parts, by its name from the project's folder. */
async function generated(more: typeof parts): Promise<Generated[]> {
  const all = { ...parts, ...more };
  const made = documents();
  const whole: Readonly<Record<string, string>> = {
    ...Object.fromEntries(
      Object.entries(made).map(([file, document]) => [
        file,
        `${JSON.stringify(document, null, 2)}\n`,
      ]),
    ),
    ...(await clientFiles(made['docs/openapi.json'] as ApiDocument)),
  };
  const left = generatedFolders.flatMap(filesIn).filter((file) => !Object.hasOwn(whole, file));
  return [
    ...generatedFiles.map((file) => asItIs(file, (before) => fillIn(before ?? '', all))),
    ...Object.entries(whole).map(([file, text]) => asItIs(file, () => text)),
    ...left.map((file) => asItIs(file, () => null)),
  ];
}

function filesIn(folder: string): string[] {
  return existsSync(urlOf(folder))
    ? readdirSync(urlOf(folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative(fileURLToPath(urlOf('')), join(parentPath, name)))
    : [];
}

function asItIs(file: string, become: (before: string | null) => string | null): Generated {
  const url = urlOf(file);
  const before = existsSync(url) ? readFileSync(url, 'utf8') : null;
  return { file, url, before, after: become(before) };
}

function urlOf(file: string): URL {
  return new URL(`../${file}`, import.meta.url);
}

/**
 * Writes the generated parts and documents, or only says which files are behind.
 *
 * @param more parts that are made elsewhere: of the command line
 * @returns the exit code
 */
export async function generateDocs({
  check,
  more,
}: {
  readonly check: boolean;
  readonly more: typeof parts;
}): Promise<number> {
  let behind = 0;
  for (const { file, url, before, after } of await generated(more)) {
    if (after !== before && check) {
      console.error(`${file} is behind the code: run npm run docs`);
      behind += 1;
    } else if (after === null) {
      rmSync(url);
      console.log(`${file} removed`);
    } else if (after !== before) {
      mkdirSync(new URL('.', url), { recursive: true });
      writeFileSync(url, after);
      console.log(`${file} written`);
    }
  }
  return behind > 0 ? 1 : 0;
}
