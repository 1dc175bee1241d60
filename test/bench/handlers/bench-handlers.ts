import { lambdaContext } from '../../support/api/api-event.ts';
import { type Figure, microseconds, type Section } from '../timing.ts';
import { eventJobs } from './events.ts';
import type { Job } from './job.ts';
import { requestJobs } from './requests.ts';
import { taskJobs } from './tasks.ts';

/** The functions that a payment meets. */
export async function handlerJobs(): Promise<readonly Job[]> {
  return [...(await requestJobs()), ...(await taskJobs()), ...(await eventJobs())];
}

/** The number of an event that no turn has. */
const untimed = 1_000_000;

/** Each handler's own time for its job, without I/O, beside the same job done with Powertools. */
export async function benchHandlers(): Promise<Section> {
  const figures: Figure[] = [];
  for (const job of await handlerJobs()) {
    const { name, house, powertools, event, check } = job;
    for (const handler of [house, powertools]) {
      check(await handler(event(untimed), lambdaContext));
    }
    const [value, reference] = await microseconds([
      (index) => house(event(index), lambdaContext),
      (index) => powertools(event(index), lambdaContext),
    ]);
    figures.push({ what: name, value, unit: 'us', reference, beside: 'Powertools' });
  }
  return {
    title: 'Handlers without I/O',
    says: 'Each function’s own time for its job, beside the same use case with the same logger, metrics and tracer behind Powertools’ parser and idempotency, as their documentation has them. The parser’s envelope makes its schema anew at each call; the second row is of one that was made once. Its idempotency has no part in reads. Ours looks for card data, asks the policies and the limits as well.',
    figures,
  };
}
