import { memoryApprovals } from '../../../shared/adapters/memory/access/approvals.ts';
import { approvalsConform } from './approvals.suite.ts';

approvalsConform('memory', async () => ({
  refunds: memoryApprovals(),
  acts: memoryApprovals(),
  close: async () => {},
}));
