import { memoryPolicies } from '../../../shared/adapters/memory/access/policy-set.ts';
import { policiesConform } from './policies.suite.ts';

policiesConform('memory', async () => ({ store: memoryPolicies(), close: async () => {} }));
