import { readFileSync } from 'node:fs';
import type { CountedPath, CountsFile } from './counts.ts';
import {
  functionHead,
  functionRows,
  keptHead,
  keptRows,
  markdownTable,
  pathHead,
  pathRows,
  priceHead,
  priceRows,
  slowestRow,
  standingHead,
  standingRows,
  tableHead,
  tableRows,
  togetherHead,
  togetherRows,
} from './tables.ts';

/** @throws Error when there is none, or none of a captured payment */
export function counts(): CountsFile & { readonly captured: CountedPath } {
  const text = readFileSync(new URL('counts.json', import.meta.url), 'utf8');
  const file = JSON.parse(text) as CountsFile;
  const { captured } = file.paths;
  if (!captured) {
    throw new Error('docs/cost/counts.json has no captured payment');
  }
  return { ...file, captured };
}

/** The generated parts of docs/cost.md. */
export const costParts: Readonly<Record<string, () => string>> = {
  costpaths: () => markdownTable(pathHead, pathRows(counts())),
  costlegend: () =>
    markdownTable(
      ['path', 'what it is'],
      Object.entries(counts().paths).map(([name, { says }]) => [`\`${name}\``, says]),
    ),
  costfunctions: () => markdownTable(functionHead, functionRows(counts().captured.alone)),
  costtables: () => markdownTable(tableHead, tableRows(counts().captured.alone)),
  costtogether: () => {
    const { alone, together } = counts().captured;
    return together ? markdownTable(togetherHead, togetherRows(alone, together)) : '-';
  },
  costslowest: () => markdownTable(['STANDARD', 'EXPRESS'], [slowestRow(counts().captured.alone)]),
  costkept: () => markdownTable(keptHead, keptRows(counts().captured.alone)),
  coststanding: () => markdownTable(standingHead, standingRows(counts())),
  costprices: () => markdownTable(priceHead, priceRows()),
  costwhen: () => {
    const { counted, payments } = counts();
    return `Counted on ${counted}, ${payments} payments of each path after one that is not counted.`;
  },
};
