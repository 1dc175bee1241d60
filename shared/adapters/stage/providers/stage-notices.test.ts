import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { spec } from '../../../../functions/providers/webhooks/function.ts';
import { type GetSecret, SecretMissing, type SecretName } from '../../../ports/access/secrets.ts';
import { InvalidSignature } from '../../../ports/webhooks/notice-verifier.ts';
import { newWebhookSecret } from '../../../runtime/webhooks/signature.ts';
import { noticeSecrets, noticeSources } from './stage-notices.ts';

const body = '{"id":"nt_1"}';
const aSecret = () => newWebhookSecret(randomBytes);

function secretsOf(secrets: Partial<Record<SecretName, string>>): GetSecret {
  return async (name) => {
    const secret = secrets[name];
    if (!secret) {
      throw new SecretMissing(name);
    }
    return secret;
  };
}

function requestBy(secret: string) {
  const now = new Date();
  const headers: Record<string, string> = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign('msg_1', now, body),
  };
  return [{ get: (name: string) => headers[name] }, Buffer.from(body), now.getTime()] as const;
}

describe('who may send notices', () => {
  it('is whoever the stage has a secret for', async () => {
    const simulator = aSecret();
    const sourceOf = noticeSources(secretsOf({ simulator_webhook: simulator }));
    expect((await sourceOf('simulator'))?.verify(...requestBy(simulator))).toEqual([
      { id: 'nt_1' },
    ]);
    for (const name of ['simulator-b', 'psp', 'bank', 'stripe']) {
      expect(await sourceOf(name), name).toBeNull();
    }
  });

  it('speaks under its own name alone: no PSP’s secret is another’s', async () => {
    const [a, b] = [aSecret(), aSecret()];
    const sourceOf = noticeSources(secretsOf({ simulator_webhook: a, simulator_b_webhook: b }));
    const other = await sourceOf('simulator-b');
    expect(() => other?.verify(...requestBy(a))).toThrow(InvalidSignature);
    expect(other?.verify(...requestBy(b))).toHaveLength(1);
    expect(new Set(noticeSecrets).size).toBe(noticeSecrets.length);
  });

  it('signs with the new secret or the old while there are two', async () => {
    const [before, after, other] = [aSecret(), aSecret(), aSecret()];
    const source = await noticeSources(secretsOf({ psp_webhook: ` ${after} ${before}\n` }))('psp');
    expect(source?.verify(...requestBy(before))).toHaveLength(1);
    expect(source?.verify(...requestBy(after))).toHaveLength(1);
    expect(() => source?.verify(...requestBy(other))).toThrow(InvalidSignature);
  });

  it('tells of payouts only where it is the bank', async () => {
    const all = noticeSources(async () => aSecret());
    const telling = async (subject: 'payment' | 'payout') => {
      const names = ['psp', 'bank', 'simulator', 'simulator-b', 'stripe'];
      const sources = await Promise.all(names.map(all));
      return names.filter((_, index) => sources[index]?.subjects.includes(subject));
    };
    expect(await telling('payout')).toEqual(['bank', 'simulator']);
    expect(await telling('payment')).toEqual(['psp', 'simulator', 'simulator-b', 'stripe']);
  });

  it('is not unknown because its secret could not be read: that is a fault', async () => {
    const sourceOf = noticeSources(async () => {
      throw new Error('throttled');
    });
    await expect(sourceOf('psp')).rejects.toThrow('throttled');
  });

  it('is nobody of another name, and no secret is asked for', async () => {
    const asked: string[] = [];
    const sourceOf = noticeSources(async (name) => {
      asked.push(name);
      return aSecret();
    });
    for (const name of ['nobody', '', 'toString', '__proto__', 'constructor']) {
      expect(await sourceOf(name), name).toBeNull();
    }
    expect(asked).toEqual([]);
  });

  it('has its secret among those that the function may read, and no other is there', () => {
    expect([...spec.secrets].sort()).toEqual([...noticeSecrets].sort());
  });
});
