import { describe, expect, it } from 'vitest';
import { lambdaContext } from '../../test/support/api/api-event.ts';
import { recordLogs } from '../../test/support/logs.ts';
import { masked } from './masked.ts';
import { logger, observed } from './observability.ts';

const group = '4242';
const card = group.repeat(4);

describe('a log line', () => {
  const logs = recordLogs();

  it('says no card number, wherever it slipped in', () => {
    const error = new Error(`the PSP said ${card}`, { cause: new Error(card) });
    logger.error(`with ${card}`, { note: [{ written: Array(4).fill(group).join('-') }] });
    logger.warn('failed', error);
    logger.info('as a number', { number: Number(card) });
    logger.info('said', { text: 'cvv: 123' });
    expect(logs.lines()).toHaveLength(4);
    expect(logs.text()).not.toMatch(/4242|123/);
    expect(logs.lines()[0]).toMatchObject({
      message: 'with ****************',
      note: [{ written: '****-****-****-****' }],
    });
    expect(JSON.stringify(logs.lines()[1])).toContain('the PSP said *');
  });

  const keyParts: [string, string][] = [
    ['paysaga_prod_', 'aB3-_kQ9xZ'.repeat(5).slice(0, 43)],
    ['whsec_', 'qW7+rT/y'.repeat(4)],
    [`sk_${'live'}_`, 'hJ5kLmN8'.repeat(3)],
    [`rk_${'test'}_`, 'vB2cXzP4'.repeat(3)],
  ];

  it.each(keyParts)('says no part of a key that begins with %s', (start, secret) => {
    const key = start + secret;
    const error = new Error(`refused ${key}`, { cause: new Error(key) });
    logger.error(`with key=${key}, twice: ${key}`, { note: [{ url: `https://x/?k=${key}` }] });
    logger.warn('failed', error);
    logger.info('escaped', {
      text: `%${key.charCodeAt(0).toString(16)}${key.slice(1)} ${encodeURIComponent(key)}`,
      plain: key,
    });
    expect(logs.lines()).toHaveLength(3);
    for (let at = 0; at + 4 <= secret.length; at++) {
      expect(logs.text()).not.toContain(secret.slice(at, at + 4));
    }
    expect(logs.lines()[0]).toMatchObject({
      message: expect.stringMatching(/^with \*+ twice: \*+$/),
    });
    expect(JSON.stringify(logs.lines()[1])).toContain('refused *');
  });

  it('has its ids, times, counts and amounts as they are', async () => {
    const said = {
      payment_id: 'a4242424-4242-8242-8242-424242424242',
      operation_id: '42424242-4242-8242-8242-424242424242',
      at: '2026-11-21T08:31:42.123Z',
      amount: 10 ** 12,
      time_ms: 1_700_000_000_003,
      until_ms: 1_700_000_000_011,
      sequence_number: '49590338271490256608559692538361571095921575989136588898',
    };
    const arn = 'arn:aws:lambda:eu-central-1:100000000008:function:paysaga-prod-payments-submit';
    const context = { ...lambdaContext, invokedFunctionArn: arn };
    await observed(async () => logger.info('fine', said))({}, context);
    expect(logs.lines()).toEqual([
      expect.objectContaining({ ...said, function_arn: arn, message: 'fine' }),
    ]);
  });
});

it('a value of another kind is left as it is', () => {
  for (const value of [null, undefined, true, {}, [card], Symbol.iterator]) {
    expect(masked('name', value)).toBe(value);
  }
});
