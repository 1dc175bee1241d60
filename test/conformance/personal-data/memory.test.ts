import { memoryCustomerKeys } from '../../../shared/adapters/memory/personal-data.ts';
import { vaultConforms } from './vault.suite.ts';

vaultConforms('memory', async () => ({ keys: memoryCustomerKeys(), close: async () => {} }));
