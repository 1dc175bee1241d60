import type { DataKeys } from '../../ports/personal-data.ts';

/**
 * Data keys whose client is loaded when the first is needed: most payments have no personal data, and
 * a function that starts for one of them need not load the client of KMS.
 */
export function lateDataKeys(open: () => Promise<DataKeys>): DataKeys {
  let opened: DataKeys | null = null;
  const dataKeys = async (): Promise<DataKeys> => {
    opened ??= await open();
    return opened;
  };
  return {
    generate: async (whose) => (await dataKeys()).generate(whose),
    unwrap: async (whose, wrapped) => (await dataKeys()).unwrap(whose, wrapped),
  };
}
