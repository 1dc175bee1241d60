import { createHmac, randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isWebhookSecret, newWebhookSecret, signatureHeaders } from './signature.ts';

const timeMs = Date.UTC(2026, 0, 2, 3, 4, 5, 999);
const id = '01890a5d-ac96-774b-bcce-b302099a8057';
const body = '{"text":"ä€😀"}';
const secretOf = (byte: number, length = 32) =>
  `whsec_${Buffer.alloc(length, byte).toString('base64')}`;
const [one, two, three] = [secretOf(1), secretOf(2), secretOf(3)];

beforeEach(() => {
  vi.useFakeTimers({ now: timeMs, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the headers of a webhook', () => {
  it('are those of Standard Webhooks', () => {
    const seconds = Math.floor(timeMs / 1_000);
    const mac = createHmac('sha256', Buffer.alloc(32, 1)).update(`${id}.${seconds}.${body}`);
    expect(signatureHeaders({ id, timeMs, body, secrets: [one] })).toEqual({
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${mac.digest('base64')}`,
    });
  });

  it('verify by each secret that is valid, and by no other', () => {
    const headers = signatureHeaders({ id, timeMs, body, secrets: [one, two] });
    expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
    expect(new Webhook(one).verify(body, headers)).toEqual(JSON.parse(body));
    expect(new Webhook(two).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(three).verify(body, headers)).toThrow('No matching signature');
  });

  it.each([
    ['id', { 'webhook-id': 'another' }, body],
    ['time', { 'webhook-timestamp': String(Math.floor(timeMs / 1_000) + 1) }, body],
    ['body', {}, `${body} `],
  ])('verify no other %s', (_, changed, received) => {
    const headers = { ...signatureHeaders({ id, timeMs, body, secrets: [one] }), ...changed };
    expect(() => new Webhook(one).verify(received, headers)).toThrow('No matching signature');
  });

  it.each(['', 'a.1', 'a b', 'a\r\nx: y', 'ä'])('are not made for the id %j', (bad) => {
    expect(() => signatureHeaders({ id: bad, timeMs, body, secrets: [one] })).toThrow(RangeError);
  });

  it.each([
    ['none', []],
    ['one of another form', ['secret']],
    ['one of another form beside a good one', [one, 'whsec_']],
  ])('are not made with a secret that is %s', (_, secrets) => {
    expect(() => signatureHeaders({ id, timeMs, body, secrets })).toThrow(RangeError);
  });
});

describe('a secret', () => {
  it('that is new has the form, and signs', () => {
    const secret = newWebhookSecret(randomBytes);
    expect(isWebhookSecret(secret)).toBe(true);
    expect(newWebhookSecret(randomBytes)).not.toBe(secret);
    const headers = signatureHeaders({ id, timeMs, body, secrets: [secret] });
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it('that is new is all of the 32 bytes that it is made of', () => {
    const bytes = randomBytes(32);
    const secret = newWebhookSecret((length) => bytes.subarray(0, length));
    expect(secret).toBe(`whsec_${bytes.toString('base64')}`);
  });

  it.each([
    [true, 'of 24 bytes', secretOf(7, 24)],
    [true, 'of 64 bytes', secretOf(7, 64)],
    [true, 'with padding', secretOf(7, 25)],
    [false, 'of 23 bytes', secretOf(7, 23)],
    [false, 'of 65 bytes', secretOf(7, 65)],
    [false, 'without its prefix', one.slice('whsec_'.length)],
    [false, 'without its padding', secretOf(7, 25).replaceAll('=', '')],
    [false, 'in the alphabet of urls', secretOf(0xff).replaceAll('/', '_')],
    [false, 'with white space', ` ${one}`],
    [false, 'with a line end', `${one}\n`],
    [false, 'empty', ''],
  ])('has its form: %s %s', (expected, _, text) => {
    expect(isWebhookSecret(text)).toBe(expected);
  });
});
