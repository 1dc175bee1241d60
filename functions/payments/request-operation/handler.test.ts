import { describe, expect, it, vi } from 'vitest';
import { apiEvent, invoke } from '../../../test/support/api/api-event.ts';
import { stubAccessEnvironment } from '../../../test/support/api/stage-environment.ts';
import { spec } from './function.ts';

stubAccessEnvironment();
vi.stubEnv('PAYMENTS_TABLE', 'payments');
vi.stubEnv('AWS_REGION', 'us-east-1');
const { handler } = await import('./handler.ts');

describe('the handler', () => {
  it.each(spec.trigger.endpoints)('serves $method $path, to those who have a key', async (of) => {
    const event = { ...apiEvent({ method: of.method }), resource: of.path };
    expect((await invoke(handler, event)).json.code).toBe('unauthorized');
  });

  it('serves nothing else', async () => {
    const event = { ...apiEvent({ method: 'POST' }), resource: '/payments/{payment_id}/other' };
    expect((await invoke(handler, event)).json.code).toBe('not_found');
  });
});
