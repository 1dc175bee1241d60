import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rowsOf } from '../infra/constructs/dashboard/rows.ts';
import { savedQueries } from '../infra/constructs/log-queries/queries.ts';
import { lagMetric } from '../shared/domain/projection/names.ts';
import { metricCatalogue } from '../shared/runtime/metric-catalogue.ts';

const root = join(import.meta.dirname, '..');

/** Each metric of the house, with the files that emit it. */
export function metricsTable(): string {
  const sources = sourcesOf(['functions', 'shared']);
  const rows = Object.entries(metricCatalogue).map(([name, metric]) => {
    const emitters = sources.filter(
      ({ text }) => text.includes("observability.ts'") && text.includes(markOf(name)),
    );
    if (emitters.length === 0) {
      throw new Error(`nothing emits ${name}`);
    }
    const dimensions = ['service', ...('dimension' in metric ? [metric.dimension] : [])];
    return [
      `\`${name}\``,
      metric.unit === 'Count' ? 'count' : 'ms',
      dimensions.map((dimension) => `\`${dimension}\``).join(', '),
      metric.says,
      emitters.map(({ file }) => `\`${file}\``).join(', '),
    ];
  });
  return table(['metric', 'unit', 'dimensions', 'what', 'emitted in'], rows);
}

/** What a file has in it that emits a metric. */
function markOf(name: string): string {
  return name === lagMetric ? 'measureLag(name' : `'${name}'`;
}

/** Each saved query, with when one takes it. */
export function queriesTable(): string {
  return table(
    ['query', 'when'],
    savedQueries.map(({ name, says, source }) => [
      `\`${name}\``,
      `${says}${source === 'chosen' ? ' *Choose the logs by their prefix.*' : ''}`,
    ]),
  );
}

/** Each row of the dashboard, with what it shows. */
export function dashboardTable(): string {
  return table(
    ['row', 'graphs', 'how to read it'],
    rowsOf({ name: 'prod' }).map(({ title, says, graphs }) => [
      title,
      graphs
        .flat()
        .map((graph) => graph.title)
        .join('; '),
      says,
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
    .replace(/^\| --- .*$/m, `|${'---|'.repeat(head.length)}`);
}

/** The code that runs, without tests and without the catalogue itself. */
function sourcesOf(folders: readonly string[]): { readonly file: string; readonly text: string }[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map(({ parentPath, name }) => relative(root, join(parentPath, name))),
    )
    .filter((file) => !file.endsWith('metric-catalogue.ts') && !file.endsWith('/observability.ts'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}
