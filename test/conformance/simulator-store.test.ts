import { memorySimulatorStore } from '../../shared/adapters/simulator-store/memory.ts';
import { simulatorStoreConformance } from './simulator-store.suite.ts';

simulatorStoreConformance('memory', async () => ({
  store: memorySimulatorStore(),
  close: async () => {},
}));
