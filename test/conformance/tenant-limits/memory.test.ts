import { memoryTenantLimits } from '../../../shared/adapters/memory/tenant-limits.ts';
import { limitsConformance } from './limits.suite.ts';

limitsConformance('memory', async () => ({ lease: memoryTenantLimits(), close: async () => {} }));
