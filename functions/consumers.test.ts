import { describe, expect, it } from 'vitest';
import { specsOf } from '../infra/specs.ts';
import { functionSpecs } from './index.ts';

/** The queues whose messages leave the account in the end. */
const outwards = ['webhook_deliveries', 'simulator_webhooks'];

describe('a consumer of events', () => {
  const consumers = specsOf(functionSpecs, 'consumer');

  it.each(consumers.map((spec) => [spec.name, spec] as const))(
    '%s says of itself whether it goes outside, as what it may touch says',
    (_, spec) => {
      const goesOutside =
        spec.callsProvider === true ||
        spec.callsBank === true ||
        (spec.sendsTo !== undefined && outwards.includes(spec.sendsTo));
      expect(spec.trigger.outside).toBe(goesOutside);
    },
  );

  it('is one that has been looked at', () => {
    expect(consumers.map(({ name }) => name).sort()).toEqual([
      'payments-project-list',
      'reports-project-totals',
      'webhooks-fan-out',
    ]);
  });
});
