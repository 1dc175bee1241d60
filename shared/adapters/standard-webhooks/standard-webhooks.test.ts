import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidSignature } from '../../ports/webhooks/notice-verifier.ts';
import { newWebhookSecret } from '../../runtime/webhooks/signature.ts';
import { standardWebhooks } from './standard-webhooks.ts';

const nowMs = Date.parse('2026-01-01T00:00:00.000Z');
const nowSeconds = nowMs / 1_000;
const secret = newWebhookSecret(randomBytes);
const notice = { id: 'nt_1', amount: 100, note: 'Grüße' };
const text = JSON.stringify(notice);

beforeEach(() => {
  vi.useFakeTimers({ now: nowMs, toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** The headers that the reference library makes of a body. */
function signed(
  body: string,
  { by = secret, id = 'msg_1', atSeconds = nowSeconds } = {},
): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(atSeconds),
    'webhook-signature': new Webhook(by).sign(id, new Date(atSeconds * 1_000), body),
  };
}

const verify = (headers: Record<string, string>, body: string | Buffer) =>
  standardWebhooks(secret)({ get: (name) => headers[name] }, Buffer.from(body as string), nowMs);

describe('a request signed by Standard Webhooks', () => {
  it('says what its body says', () => {
    expect(verify(signed(text), text)).toEqual([notice]);
  });

  it('is taken by the bytes: the same JSON with other white space is another request', () => {
    const spaced = JSON.stringify(notice, null, 1);
    expect(() => verify(signed(text), spaced)).toThrow(InvalidSignature);
    expect(() => verify(signed(spaced), text)).toThrow(InvalidSignature);
    expect(verify(signed(spaced), spaced)).toEqual([notice]);
  });

  it.each([
    ['a body with another amount', text.replace('100', '900')],
    ['a body with something after it', `${text} `],
    ['no body', ''],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from(text), Buffer.of(0xff)])],
  ])('is refused with %s', (_what, body) => {
    expect(() => verify(signed(text), body)).toThrow(InvalidSignature);
  });

  it('is refused when bytes that are no text stand where the signed text had a �', () => {
    const shown = '{"id":"�"}';
    const other = Buffer.concat([Buffer.from('{"id":"'), Buffer.of(0xff), Buffer.from('"}')]);
    expect(verify(signed(shown), shown)).toEqual([{ id: '�' }]);
    expect(() => verify(signed(shown), other)).toThrow(InvalidSignature);
  });

  it.each([
    ['with another secret', signed(text, { by: newWebhookSecret(randomBytes) })],
    ['over five minutes ago', signed(text, { atSeconds: nowSeconds - 301 })],
    ['over five minutes ahead', signed(text, { atSeconds: nowSeconds + 301 })],
    ['under another id', { ...signed(text), 'webhook-id': 'msg_2' }],
    ['at another time', { ...signed(text), 'webhook-timestamp': String(nowSeconds + 1) }],
    ['by a scheme of another version', reversion('v1a')],
  ])('is refused when it was signed %s', (_when, headers) => {
    expect(() => verify(headers, text)).toThrow(InvalidSignature);
  });

  function reversion(version: string) {
    const headers = signed(text);
    return {
      ...headers,
      'webhook-signature': `${version}${headers['webhook-signature']?.slice(2)}`,
    };
  }

  it.each([-300, 0, 300])('is taken when it was signed %d s from now', (seconds) => {
    expect(verify(signed(text, { atSeconds: nowSeconds + seconds }), text)).toEqual([notice]);
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'is refused without %s',
    (name) => {
      const { [name]: _, ...others } = signed(text);
      expect(() => verify(others, text)).toThrow(InvalidSignature);
      expect(() => verify({ ...others, [name]: '' }, text)).toThrow(InvalidSignature);
    },
  );

  it('may have several signatures, one of which is ours', () => {
    const ours = signed(text);
    const other = signed(text, { by: newWebhookSecret(randomBytes) })['webhook-signature'];
    const both = `v2,abc ${other} ${ours['webhook-signature']}`;
    expect(verify({ ...ours, 'webhook-signature': both }, text)).toEqual([notice]);
  });

  it('that is not JSON says its text: a person may make something of it', () => {
    expect(verify(signed('over to you'), 'over to you')).toEqual(['over to you']);
  });

  it('is refused as such, whatever stands in its headers', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (id, time, by, body) => {
        const headers = {
          'webhook-id': id,
          'webhook-timestamp': time,
          'webhook-signature': by,
        };
        expect(() => verify(headers, body)).toThrow(InvalidSignature);
      }),
    );
  });
});

it.each(['', 'whsec_', 'not base64!'])('a secret of another form is an error: %j', (text) => {
  expect(() => standardWebhooks(text)).toThrow();
});
