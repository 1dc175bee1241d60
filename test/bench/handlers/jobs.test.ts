import { describe, expect, it } from 'vitest';
import { functionSpecs } from '../../../functions/index.ts';
import { lambdaContext } from '../../support/api/api-event.ts';
import { handlerJobs } from './bench-handlers.ts';

describe('the jobs that are measured', async () => {
  const jobs = await handlerJobs();

  it.each(jobs.map((job) => [job.name, job] as const))(
    'are done by both: %s',
    async (_, { house, powertools, event, check }) => {
      for (const handler of [house, powertools]) {
        for (const index of [1, 2]) {
          check(await handler(event(index), lambdaContext));
        }
      }
    },
  );

  it('are of functions that there are', () => {
    const names = new Set<string>(functionSpecs.map(({ name }) => name));
    for (const { name } of jobs) {
      expect(names).toContain(name.split(',')[0]);
    }
  });
});
