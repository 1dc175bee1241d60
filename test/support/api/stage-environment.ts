import { vi } from 'vitest';
import { stages } from '../../../infra/stages.ts';

/** Sets what a handler of an endpoint with access finds in its environment. */
export function stubAccessEnvironment(): void {
  vi.stubEnv('ACCESS_TABLE', 'access');
  vi.stubEnv('OIDC', JSON.stringify(stages.local.oidc));
  vi.stubEnv('TENANT_LIMITS', JSON.stringify(stages.local.limits));
}
