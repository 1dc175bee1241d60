import type { PolicyStore, PublishedPolicies } from '../../../ports/access/policies.ts';

/** The policies in memory. */
export function memoryPolicies(): PolicyStore {
  const versions: PublishedPolicies[] = [];
  return {
    active: async () => versions.at(-1) ?? null,
    version: async (version) => versions[version - 1] ?? null,
    publish: async (policies) => {
      if (policies.version !== versions.length + 1) {
        return 'outdated';
      }
      versions.push(policies);
      return 'published';
    },
  };
}
