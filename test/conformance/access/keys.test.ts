import { memoryKeyStore } from '../../../shared/adapters/memory/access/keys.ts';
import { keysConform } from './keys.suite.ts';

keysConform('memory', async () => ({ keys: memoryKeyStore(), close: async () => {} }));
