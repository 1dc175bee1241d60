import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { hasSnapshot, type Snapshot } from '../../../../domain/snapshot.ts';

type Item = Record<string, AttributeValue>;

/** What the sort keys of snapshots begin with: behind the events, before the state. */
export const snapshotPrefix = 'SNAPSHOT#';

/** The sort key of the snapshot of a version. */
export function snapshotKey(version: number): string {
  return `${snapshotPrefix}${String(version).padStart(8, '0')}`;
}

/**
 * The snapshot that belongs to a change: the item of its state, under the key of its version. None for
 * a version that has no snapshot. It has no `type`, as events have, and none of what a state is found
 * by, so neither the stream's readers nor an index takes it for one of those.
 */
export function snapshotItems(state: Item, version: number, stateVersion: number): Item[] {
  const { pk, tenant, data } = state as Required<Record<'pk' | 'tenant' | 'data', AttributeValue>>;
  return hasSnapshot(version)
    ? [
        {
          pk,
          sk: { S: snapshotKey(version) },
          version: { N: String(version) },
          state_version: { N: String(stateVersion) },
          tenant,
          data,
        },
      ]
    : [];
}

/** Reads a snapshot back from its item. */
export function snapshotOf<State>(item: Readonly<Item>): Snapshot<State> {
  return {
    version: Number(item.version?.N),
    stateVersion: Number(item.state_version?.N),
    state: JSON.parse(item.data?.S as string) as State,
  };
}
