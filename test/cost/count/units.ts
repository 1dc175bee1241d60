import { tables as shapes, type TableShape } from '../../../infra/tables.ts';
import type { Call, Image, NamedItem, Units } from './lines.ts';

const unitBytes = 1_024;
/** What of an item is kept in an index beside its attributes. */
export const itemOverheadBytes = 100;

/** What is known of items by their keys: those that were put, and the sizes of others. */
export interface KnownItems {
  readonly images: Map<string, Image>;
  /** Bytes, of those that were only updated or looked at. */
  readonly sizes: ReadonlyMap<string, number>;
}

export interface ItemUnits extends Units {
  /** The kind of the partition; null: the request names no item. */
  readonly kind: string | null;
}

export function keyOf({ table, pk, sk }: Pick<NamedItem, 'table' | 'pk' | 'sk'>): string {
  return `${table} ${pk} ${sk}`;
}

/** `DAILY#TENANT` of `DAILY#TENANT#acme`: what its kind is, without whose it is. */
export function kindOf(pk: string): string {
  return /^[A-Z_]+(?:#[A-Z_]+)*/.exec(pk)?.[0] ?? pk;
}

/**
 * What a request to DynamoDB is charged. DynamoDB Local's word is taken for all but transactions: of
 * those it adds up the sizes of a table's items before it rounds, or doubles twice, and leaves condition
 * checks out (docs/decisions/0036). They are counted by the rule: each item by itself, rounded up, and
 * twice, as it is prepared and committed; the indexes follow once, when it is.
 *
 * @param known is told what is put
 */
export function unitsOf(call: Call, known: KnownItems): ItemUnits[] {
  const { operation, status, units = [], items = [], consistent } = call;
  const charged =
    operation === 'TransactWriteItems' && status === 200
      ? items.flatMap((item) => transactedUnits(item, known))
      : units.map((each) => ({
          ...each,
          ...atLeast(each, consistent === true),
          ...namedBy(items, each),
        }));
  if (status === 200) {
    for (const item of items) {
      if (item.bytes !== undefined) {
        known.images.set(keyOf(item), item as Image);
      }
    }
  }
  return charged;
}

/** A read that finds nothing is charged as the smallest is. */
function atLeast({ read, write, index }: Units, isConsistent: boolean): { read: number } {
  const least = isConsistent ? 1 : 0.5;
  return { read: read === 0 && write === 0 && index === null ? least : read };
}

function namedBy(items: readonly NamedItem[], { table, index }: Units): { kind: string | null } {
  const item = items.find((each) => each.table === table);
  return { kind: item && index === null ? kindOf(item.pk) : null };
}

function transactedUnits(item: NamedItem, known: KnownItems): ItemUnits[] {
  const { table } = item;
  const key = keyOf(item);
  const before = known.images.get(key) ?? null;
  const after = item.bytes === undefined ? null : (item as Image);
  const bytes = Math.max(before?.bytes ?? 0, after?.bytes ?? 0, known.sizes.get(key) ?? 0);
  const own = { table, index: null, read: 0, write: 2 * unitsFor(bytes), kind: kindOf(item.pk) };
  const indexes = item.act === 'Put' ? Object.entries(shapeOf(table).indexes ?? {}) : [];
  return [
    own,
    ...indexes.flatMap(([index, shape]) => {
      const write = indexUnits(projected(before, shape), projected(after, shape));
      return write === 0 ? [] : [{ table, index, read: 0, write, kind: null }];
    }),
  ];
}

function unitsFor(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / unitBytes));
}

type IndexShape = NonNullable<TableShape['indexes']>[string];

interface Projected {
  readonly key: string;
  readonly bytes: number;
  /** Whether anything of it differs; an image has no values, but whoever puts an item whole has changed it. */
  readonly hasMore: boolean;
}

/** What of an item an index has; null: it is not in it. */
export function projected(image: Image | null, shape: IndexShape): Projected | null {
  const { partition, sort, projects } = shape;
  if (!image || image.texts[partition] === undefined || image.texts[sort] === undefined) {
    return null;
  }
  const names =
    projects === undefined ? Object.keys(image.sizes) : ['pk', 'sk', partition, sort, ...projects];
  return {
    key: `${image.texts[partition]} ${image.texts[sort]}`,
    bytes: [...new Set(names)].reduce((sum, name) => sum + (image.sizes[name] ?? 0), 0),
    hasMore: projects === undefined,
  };
}

/** A key that changes is one that goes and one that comes. */
function indexUnits(before: Projected | null, after: Projected | null): number {
  const [old, next] = [before, after].map((each) => (each ? unitsFor(each.bytes) : 0)) as [
    number,
    number,
  ];
  if (before && after && before.key === after.key) {
    return after.hasMore ? Math.max(old, next) : 0;
  }
  return old + next;
}

/** @param table by its short name */
export function shapeOf(table: string): TableShape {
  return (shapes as Readonly<Record<string, TableShape>>)[table] ?? {};
}
