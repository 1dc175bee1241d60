import { cpus } from 'node:os';
import { ratioOf, type Section } from './timing.ts';

/** Three digits of any size. */
function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** Where and when this was measured. */
export function machineOf(time: string): string {
  const [cpu] = cpus();
  return `${time.slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores of ${cpu?.model.trim() || 'an unnamed kind'}`;
}

/** A section for a terminal. */
export function textOf({ title, says, figures }: Section): string {
  const rows = figures.map((figure) => [
    figure.what,
    `${shown(figure.value)} ${figure.unit}`,
    `${figure.beside}: ${shown(figure.reference)} ${figure.unit}`,
    shown(ratioOf(figure)),
  ]);
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column % 2 === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('   '),
  );
  return [title, says, '', ...lines, ''].join('\n');
}

/** The same as Markdown. */
export function markdownOf({ title, says, figures }: Section): string {
  return [
    `### ${title}`,
    '',
    says,
    '',
    '| what | measured | beside it | ratio |',
    '|---|--:|--:|--:|',
    ...figures.map(
      (figure) =>
        `| ${figure.what} | ${shown(figure.value)} ${figure.unit} | ${figure.beside}: ${shown(figure.reference)} ${figure.unit} | ${shown(ratioOf(figure))} |`,
    ),
  ].join('\n');
}

/** Sections as a program reads them. */
export function jsonOf(time: string, sections: readonly Section[]): string {
  return JSON.stringify({
    measured: machineOf(time),
    sections: sections.map(({ title, figures }) => ({
      title,
      figures: figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) })),
    })),
  });
}

const begin = '<!-- measured -->';
const end = '<!-- end -->';

/** The page with these sections where its last ones were. */
export function pageWith(page: string, time: string, sections: readonly Section[]): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`the page has no ${begin} with its ${end}`);
  }
  const measured = [`Measured on ${machineOf(time)}.`, ...sections.map(markdownOf)].join('\n\n');
  return `${before}${begin}\n${measured}\n${end}${after}`;
}
