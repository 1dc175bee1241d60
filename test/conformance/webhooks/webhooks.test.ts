import {
  memoryWebhookDeliveries,
  memoryWebhookEndpoints,
} from '../../../shared/adapters/memory/webhooks.ts';
import { webhooksConform } from './webhooks.suite.ts';

webhooksConform('memory', async () => ({
  endpoints: memoryWebhookEndpoints(),
  deliveries: memoryWebhookDeliveries(),
  close: async () => {},
}));
