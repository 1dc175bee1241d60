import type { TableName } from '../../runtime/function-spec.ts';
import { type KeptItem, keptItems } from './kept-items.ts';

const anything = '[\\s\\S]*';

function patternOf(keys: string): RegExp {
  const escaped = keys.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  const generation = '(?:G\\d+#)?';
  return new RegExp(
    `^${escaped.replace('?G*#', '<generation>').replaceAll('*', anything).replace('<generation>', generation)}$`,
  );
}

const patterns = keptItems.map((item) => ({ item, pattern: patternOf(item.keys) }));

/** Of which kind an item is; null for one that nobody has decided about. */
export function keptAs(table: TableName, pk: string, sk: string): KeptItem | null {
  const keys = `${pk} / ${sk}`;
  return (
    patterns.find(({ item, pattern }) => item.table === table && pattern.test(keys))?.item ?? null
  );
}

/** What is wrong with how an item is kept; null when it is as decided. */
export function misKept(
  table: TableName,
  item: { readonly pk: string; readonly sk: string; readonly expires: boolean },
): string | null {
  const kind = keptAs(table, item.pk, item.sk);
  const place = `${table}: ${item.pk} / ${item.sk}`;
  if (!kind) {
    return `${place} is of no kind that shared/domain/retention knows`;
  }
  if (item.expires !== (kind.ends === 'ttl')) {
    return `${place} has ${item.expires ? 'an' : 'no'} expires_at, and is kept ${kind.kept}`;
  }
  return null;
}
