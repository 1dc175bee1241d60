import type { SettlementFiles, StoredFile } from '../../ports/settlement/settlement-files.ts';

/** Settlement files in memory, written at the times of a clock. */
export function memorySettlementFiles(now: () => Date): SettlementFiles {
  const files = new Map<string, StoredFile & { readonly csv: string }>();
  return {
    put: async (key, csv) => {
      const modified = now().toISOString();
      files.set(key, { key, modified, bytes: Buffer.byteLength(csv), csv });
    },
    list: async (prefix) =>
      [...files.values()]
        .filter(({ key }) => key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ csv: _csv, ...file }) => file),
    get: async (key) => files.get(key)?.csv ?? null,
  };
}
