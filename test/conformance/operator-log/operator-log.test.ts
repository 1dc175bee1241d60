import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import { operatorLogConforms } from './operator-log.suite.ts';

operatorLogConforms('memory', async () => {
  const log = memoryOperatorLog();
  return { log, chains: log, close: async () => {} };
});
