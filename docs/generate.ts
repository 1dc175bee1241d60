import { readFileSync, writeFileSync } from 'node:fs';
import { endpoints } from '../shared/contracts/endpoints.ts';
import { apiErrors } from '../shared/contracts/errors.ts';
import { chartOfAccounts } from '../shared/domain/ledger/accounts.ts';
import { transitions } from '../shared/domain/payment/state.ts';
import { type SagaNode, sagaNodes, type Target } from '../shared/domain/saga/routes.ts';
import { paymentSaga, type Saga } from '../shared/domain/saga/table.ts';

/**
 * The parts of the docs that are made from the code's tables. A file holds each between
 * `<!-- generated: NAME -->` and `<!-- end -->`; `npm run docs` writes them.
 */
const parts: Readonly<Record<string, () => string>> = {
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
          `| \`${method} ${path}\` | ${summary} | ${errors.map((code) => `\`${code}\``).join(', ') || '-'} |`,
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
  saga: () => diagram(paymentSaga),
  tasks: () =>
    [
      '| task | what it does | limit | refusals | a fault, after its retries |',
      '|---|---|---|---|---|',
      ...sagaNodes(paymentSaga).map(
        (node) =>
          `| \`${node.task.name}\` | ${node.task.does} | ${node.task.timeoutMs / 1_000} s | ${refusals(node)} | ${targetName(node.onFault)} |`,
      ),
    ].join('\n'),
  accounts: () =>
    [
      '| account | grows by |',
      '|---|---|',
      ...Object.entries(chartOfAccounts).map(
        ([code, { normal }]) => `| \`${code}\` | ${normal}s |`,
      ),
    ].join('\n'),
};

function refusals(node: SagaNode): string {
  return Object.entries(node.onOutcome)
    .map(([name, target]) => {
      const retries = node.task.outcomes[name]?.retry?.retries;
      return `\`${name}\`${retries ? ` (${retries} retries)` : ''} -> ${targetName(target)}`;
    })
    .join('<br>');
}

function targetName(target: Target): string {
  return target.to === 'task' ? `\`${target.name}\`` : target.result;
}

/** The way forward as solid arrows, every other way as a dotted one with the names that lead there. */
function diagram(saga: Saga): string {
  const lines = ['```mermaid', 'flowchart LR', `  start((start)) --> ${saga.steps[0]?.name}`];
  for (const node of sagaNodes(saga)) {
    const from = node.task.name;
    lines.push(`  ${from} --> ${targetOf(node.onSuccess)}`);
    const reasons = new Map<string, string[]>();
    for (const [name, target] of [
      ...Object.entries(node.onOutcome),
      ['any fault', node.onFault] as const,
    ]) {
      if (name !== 'Superseded') {
        reasons.set(targetOf(target), [...(reasons.get(targetOf(target)) ?? []), name]);
      }
    }
    for (const [target, names] of reasons) {
      lines.push(`  ${from} -. "${names.join(', ')}" .-> ${target}`);
    }
  }
  return [...lines, '```'].join('\n');
}

function targetOf(target: Target): string {
  return target.to === 'task' ? target.name : `${target.result}((${target.result}))`;
}

/** Puts each part into its place in a text. @throws Error for a place that no part is for */
function fillIn(text: string): string {
  return text.replace(
    /<!-- generated: ([a-z]+) -->\n[\s\S]*?<!-- end -->/g,
    (_place, name: string) => {
      const part = parts[name];
      if (!part) {
        throw new Error(`nothing is generated for ${name}`);
      }
      return `<!-- generated: ${name} -->\n${part()}\n<!-- end -->`;
    },
  );
}

/** The files with generated parts, from the project's folder. */
const generatedFiles = ['docs/errors.md', 'docs/architecture.md'];

/**
 * `docs`: writes the generated parts; `docs --check`: only says which files are behind.
 *
 * @returns the exit code
 */
export function generateDocs(args: readonly string[]): number {
  const check = args.includes('--check');
  let behind = 0;
  for (const file of generatedFiles) {
    const url = new URL(`../${file}`, import.meta.url);
    const before = readFileSync(url, 'utf8');
    const after = fillIn(before);
    if (after !== before && check) {
      console.error(`${file} is behind the code: run npm run docs`);
      behind += 1;
    } else if (after !== before) {
      writeFileSync(url, after);
      console.log(`${file} written`);
    }
  }
  return behind > 0 ? 1 : 0;
}
