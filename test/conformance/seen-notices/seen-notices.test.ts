import { memorySeenNotices } from '../../../shared/adapters/memory/seen-notices.ts';
import { seenNoticesConformance } from './seen-notices.suite.ts';

seenNoticesConformance('memory', async () => ({
  seen: memorySeenNotices(),
  close: async () => {},
}));
