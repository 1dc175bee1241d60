import { describe, expect, it } from 'vitest';
import { paymentStatuses } from '../../../shared/contracts/payment.ts';
import { aListed } from '../../../test/support/payments/listed.ts';
import { countsOf, failuresOf, percentilesOf, perMinute, windowStart } from './figures.ts';

const at = (time: string) => Date.parse(`2026-01-01T${time}Z`);

describe('the window of an overview', () => {
  it('is of sixty minutes by the clock, the present one among them', () => {
    expect(windowStart(at('10:30:59.999'))).toBe(at('09:31:00.000'));
    expect(windowStart(at('10:30:00.000'))).toBe(at('09:31:00.000'));
  });
});

describe('the counts of an overview', () => {
  it('have each payment once, of whatever status', () => {
    const { accepted, ...others } = countsOf(paymentStatuses.map((status) => aListed({ status })));
    expect(accepted).toBe(paymentStatuses.length);
    expect(others).toEqual({ captured: 2, authorized: 1, processing: 2, failed: 1, canceled: 2 });
  });

  it('are by the minute in which payments were accepted, and a minute without any is there', () => {
    const window = { sinceMs: at('10:00:30.000'), nowMs: at('10:02:00.000') };
    const payments = [
      aListed({ created: '2026-01-01T10:00:59.999Z', status: 'captured' }),
      aListed({ created: '2026-01-01T10:00:30.000Z', status: 'failed' }),
      aListed({ created: '2026-01-01T10:02:00.000Z', status: 'processing' }),
      aListed({ created: '2026-01-01T10:02:00.001Z', status: 'authorized' }),
    ];
    expect(perMinute(payments, window)).toEqual([
      { minute: '2026-01-01T10:00:00.000Z', accepted: 2, settled: 1, failed: 1 },
      { minute: '2026-01-01T10:01:00.000Z', accepted: 0, settled: 0, failed: 0 },
      { minute: '2026-01-01T10:02:00.000Z', accepted: 2, settled: 1, failed: 0 },
    ]);
  });

  it('have why payments failed, the most frequent first', () => {
    const failed = (code: string) => aListed({ status: 'failed', failure: { code, message: '' } });
    const payments = ['b', 'lost', 'a', 'lost'].map(failed);
    expect(failuresOf([...payments, aListed({})])).toEqual([
      { code: 'lost', count: 2 },
      { code: 'a', count: 1 },
      { code: 'b', count: 1 },
    ]);
  });
});

describe('the percentiles of an overview', () => {
  it('are samples, whatever their order', () => {
    const samples = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(percentilesOf(samples)).toEqual({ p50: 100, p90: 180, p99: 198, samples: 200 });
    expect(percentilesOf([7, 3])).toEqual({ p50: 3, p90: 7, p99: 7, samples: 2 });
    expect(percentilesOf([7])).toEqual({ p50: 7, p90: 7, p99: 7, samples: 1 });
  });

  it('are null without samples', () => {
    expect(percentilesOf([])).toEqual({ p50: null, p90: null, p99: null, samples: 0 });
  });
});
