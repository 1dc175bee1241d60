import type { AccessQuestion } from '../../shared/ports/access/access.ts';
import type { Policy } from '../../shared/runtime/access/policy/engine/set.ts';
import { aPrincipal } from './api/access.ts';

function aPolicy(
  effect: Policy['effect'],
  id: string,
  condition: string,
  actions: readonly string[] = ['*'],
): Policy {
  return { id, effect, actions: [...actions], condition, description: 'of a test' };
}

export const permit = aPolicy.bind(null, 'permit');
export const deny = aPolicy.bind(null, 'deny');

/** May acme refund something of its own? */
export function question({
  resource = {},
  context = {},
  ...rest
}: Partial<AccessQuestion> = {}): AccessQuestion {
  return {
    principal: aPrincipal('acme', { scopes: ['payments:*'] }),
    action: 'refunds:create',
    resource: { type: 'refunds', tenant: 'acme', ...resource },
    context: { time: '2026-01-05T12:00:00.000Z', stage: 'test', ...context },
    ...rest,
  };
}
