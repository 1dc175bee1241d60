import { parse } from 'csv-parse/sync';
import {
  SettlementLine,
  type SettlementLineRecord,
  settlementColumns,
} from '../../../shared/contracts/settlement/settlement.ts';

/** The largest file that is read: some hundred thousand lines, which one run can work off. */
export const maxFileBytes = 32 * 1024 * 1024;

/** The longest line: its columns have bounds that add up to less than half of it. */
const maxLineChars = 1_024;

/** A line by its number, the header being 1; `record` null for one that cannot be read. */
export interface ParsedLine {
  readonly number: number;
  readonly record: SettlementLineRecord | null;
}

/**
 * Reads a settlement file (RFC 4180, LF or CRLF, a byte order mark or none); null when its header is
 * another one, and nothing in it can be trusted to be what it seems. No column can hold a line
 * break, so each line is read on its own: a quote that is not closed takes no other line with it.
 */
export function parseFile(text: string): readonly ParsedLine[] | null {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = fieldsOf(header);
  const isAsAgreed =
    columns?.length === settlementColumns.length &&
    settlementColumns.every((name, index) => columns[index] === name);
  return isAsAgreed
    ? lines
        .map((line, index) => ({ line, number: index + 2 }))
        .filter(({ line }) => line !== '')
        .map(({ line, number }) => ({ number, record: recordOf(line) }))
    : null;
}

function recordOf(line: string): SettlementLineRecord | null {
  const fields = fieldsOf(line);
  if (fields?.length !== settlementColumns.length) {
    return null;
  }
  const parsed = SettlementLine.safeParse(
    Object.fromEntries(settlementColumns.map((name, index) => [name, fields[index]])),
  );
  return parsed.success ? parsed.data : null;
}

/** The fields of a line; null for one that is no CSV. */
function fieldsOf(line: string): readonly string[] | null {
  if (line.length > maxLineChars) {
    return null;
  }
  if (!line.includes('"')) {
    // Nearly all lines. To set up a parser for each would take ten times as long.
    return line.split(',');
  }
  try {
    const [fields = null] = parse(line, { relax_column_count: true }) as string[][];
    return fields;
  } catch {
    return null;
  }
}
