import { memoryProviderHealth } from '../../../shared/adapters/memory/provider-health.ts';
import type { HealthAdapter } from './adapter.ts';
import { breakerConformance } from './breaker.suite.ts';
import { limitsConformance } from './limits.suite.ts';

async function open(): Promise<HealthAdapter> {
  const health = memoryProviderHealth();
  return { health, read: health.read, close: async () => {} };
}

breakerConformance('memory', open);
limitsConformance('memory', open);
