import { describe, expect, it } from 'vitest';
import { endpointWords, eventsOf, eventsText, lastAnswerText, resendLabel } from './words.ts';

const anAttempt = { number: 1, time: '2026-01-01T00:00:00.000Z', duration_ms: 3 };

describe('the state of an endpoint', () => {
  it.each([
    ['enabled', null, null, 'Enabled'],
    ['enabled', null, '2026-01-01T00:00:00.000Z', 'Enabled, failing'],
    ['disabled', 'gone', null, 'Disabled: it answered 410'],
    ['disabled', 'requested', null, 'Disabled: by request'],
    ['disabled', null, null, 'Disabled'],
  ] as const)('%s, %s, %s is "%s" ', (status, disabled_reason, failing_since, text) => {
    expect(endpointWords({ status, disabled_reason, failing_since }).text).toBe(text);
  });
});

describe('the latest try', () => {
  it('is its code, or why there was no answer', () => {
    const answered = { ...anAttempt, status: 500, reason: null };
    const refused = { ...anAttempt, status: null, reason: 'no connection' };
    expect(lastAnswerText({ attempts: [refused, answered] })).toBe('HTTP 500');
    expect(lastAnswerText({ attempts: [answered, refused] })).toBe('no connection');
    expect(lastAnswerText({ attempts: [] })).toBe('not tried yet');
  });
});

describe('a resend', () => {
  it('of what waits brings it forward', () => {
    expect(resendLabel({ status: 'pending' })).toBe('Send now');
    expect(resendLabel({ status: 'delivered' })).toBe('Resend');
  });
});

describe('the events of an endpoint', () => {
  it('are read from a text, each once', () => {
    expect(eventsOf(' payment.captured,\npayment.failed payment.captured ')).toEqual([
      'payment.captured',
      'payment.failed',
    ]);
    expect(eventsOf(' \n')).toEqual([]);
  });

  it('are all for a star', () => {
    expect(eventsText(['*'])).toBe('all events');
    expect(eventsText(['a', 'b'])).toBe('a, b');
  });
});
