import { setting } from '../../../shared/adapters/environment.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';

const stage = setting('STAGE');

export const handler = httpHandler(endpoints.getHealth, null, async () => ({
  status: 200,
  body: { status: 'ok', stage },
}));
