import { memoryLetterQueues } from '../../../shared/adapters/memory/dead-letters.ts';
import { edges } from '../../support/dead-letters/letters.ts';
import { letterQueuesConform } from './letter-queues.suite.ts';

letterQueuesConform('memory', async () => {
  const queues = memoryLetterQueues(() => new Date().toISOString());
  const edge = edges.list;
  return { queues, edge, sent: async () => queues.sentTo(edge.source_url), close: async () => {} };
});
