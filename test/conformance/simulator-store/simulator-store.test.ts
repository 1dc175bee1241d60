import { memorySimulator } from '../../../shared/adapters/simulator-store/memory.ts';
import { simulatorOperationsConformance } from './operations.suite.ts';
import { simulatorSettlementsConformance } from './settlements.suite.ts';

const open = async () => ({ ...memorySimulator(), close: async () => {} });

simulatorOperationsConformance('memory', open);
simulatorSettlementsConformance('memory', open);
