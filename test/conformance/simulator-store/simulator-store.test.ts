import { memorySimulator } from '../../../shared/adapters/simulator-store/memory.ts';
import { simulatorOperationsConformance } from './operations.suite.ts';
import { simulatorScriptsConformance } from './scripts.suite.ts';
import { simulatorSettlementsConformance } from './settlements.suite.ts';
import { simulatorWebhooksConformance } from './webhooks.suite.ts';

const open = async () => ({
  ...memorySimulator(),
  other: memorySimulator(),
  close: async () => {},
});

simulatorOperationsConformance('memory', open);
simulatorSettlementsConformance('memory', open);
simulatorScriptsConformance('memory', open);
simulatorWebhooksConformance('memory', open);
