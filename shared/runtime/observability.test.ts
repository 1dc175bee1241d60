import { afterEach, describe, expect, it, vi } from 'vitest';
import { lambdaContext } from '../../test/support/api/api-event.ts';
import { recordLogs } from '../../test/support/logs.ts';
import { count, logger, metrics, observed, remainingMs } from './observability.ts';

describe('an observed handler', () => {
  const logs = recordLogs();
  afterEach(() => metrics.clearMetrics());

  it('writes nothing of an invocation that counted nothing', async () => {
    const publish = vi.spyOn(metrics, 'publishStoredMetrics');
    expect(await observed(async () => 1)({}, lambdaContext)).toBe(1);
    expect(publish).not.toHaveBeenCalled();
    expect(logs.text()).toBe('');
  });

  it.each(['ends', 'dies'])('publishes what was counted once, also when it %s', async (how) => {
    const publish = vi.spyOn(metrics, 'publishStoredMetrics');
    const handler = observed(async () => {
      count('PaymentAccepted');
      if (how === 'dies') {
        throw new Error('died');
      }
    });
    await Promise.allSettled([handler({}, lambdaContext)]);
    expect(publish).toHaveBeenCalledTimes(1);
    expect(metrics.hasStoredMetrics()).toBe(false);
  });

  it('knows how long it has until Lambda stops it', async () => {
    const context = { ...lambdaContext, getRemainingTimeInMillis: () => 4_321 };
    expect(await observed(async () => remainingMs())({}, context)).toBe(4_321);
  });

  it('never logs the event', async () => {
    await observed(async () => logger.info('done'))({ body: 'VALUE' }, lambdaContext);
    expect(logs.lines()).toEqual([
      expect.objectContaining({ message: 'done', function_request_id: 'invocation-1' }),
    ]);
    expect(logs.text()).not.toContain('VALUE');
  });
});
