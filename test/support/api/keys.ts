import type { ApiKey } from '../../../shared/domain/access/key.ts';

/** A key of the tenant `acme` that is valid, changed by what a test gives. */
export function aKey(given: Partial<ApiKey> = {}): ApiKey {
  return {
    id: 'k-1',
    tenant: 'acme',
    role: 'merchant',
    scopes: ['payments:*'],
    created: '2026-11-20T08:00:00.000Z',
    expires: null,
    revoked: null,
    rotatedTo: null,
    rotatedFrom: null,
    lastUsed: null,
    ...given,
  };
}
