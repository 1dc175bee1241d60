import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'operations-health',
  trigger: { kind: 'http', endpoints: [endpoints.getHealth] },
  timeoutMs: 3_000,
});
