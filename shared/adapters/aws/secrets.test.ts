import { type GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it, vi } from 'vitest';
import { SecretMissing } from '../../ports/access/secrets.ts';
import { logger } from '../../runtime/observability.ts';
import { ssmSecrets } from './secrets.ts';

/** A Parameter Store with these values, in the order of the reads; an error is thrown. */
function aStore(...answers: readonly (string | Error | null)[]) {
  const asked: unknown[] = [];
  let nowMs = 0;
  const send = async ({ input }: GetParameterCommand) => {
    const answer = answers[asked.push(input) - 1];
    if (answer === null) {
      throw new ParameterNotFound({ $metadata: {}, message: 'not here' });
    }
    if (typeof answer !== 'string') {
      throw answer ?? new Error('asked once too often');
    }
    return { Parameter: { Value: answer } };
  };
  const client = { send } as unknown as SSMClient;
  return {
    secretOf: ssmSecrets(client, '/paysaga/dev/', () => nowMs),
    asked,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('a secret', () => {
  it('is a parameter of the stage, decrypted', async () => {
    const { secretOf, asked } = aStore('value');
    expect(await secretOf('stripe_webhook')).toBe('value');
    expect(asked).toEqual([{ Name: '/paysaga/dev/stripe_webhook', WithDecryption: true }]);
  });

  it('is read once in five minutes, also when several ask at once', async () => {
    const { secretOf, asked, pass } = aStore('old', 'new');
    const values = await Promise.all([secretOf('psp_webhook'), secretOf('psp_webhook')]);
    pass(299_999);
    expect([...values, await secretOf('psp_webhook')]).toEqual(['old', 'old', 'old']);
    expect(asked).toHaveLength(1);
    pass(1);
    expect(await secretOf('psp_webhook')).toBe('new');
    expect(asked).toHaveLength(2);
  });

  it('is remembered by its name', async () => {
    const { secretOf } = aStore('one', 'two');
    expect([await secretOf('psp_webhook'), await secretOf('bank_webhook')]).toEqual(['one', 'two']);
  });

  it('that is missing is said so, and asked for again after a minute', async () => {
    const { secretOf, asked, pass } = aStore(null, 'value');
    await expect(secretOf('psp_webhook')).rejects.toBeInstanceOf(SecretMissing);
    await expect(secretOf('psp_webhook')).rejects.toThrow('/paysaga/dev/psp_webhook');
    pass(59_999);
    await expect(secretOf('psp_webhook')).rejects.toBeInstanceOf(SecretMissing);
    expect(asked).toHaveLength(1);
    pass(1);
    expect(await secretOf('psp_webhook')).toBe('value');
  });

  it('that was deleted is missing, and not the one before', async () => {
    const { secretOf, pass } = aStore('value', null);
    await secretOf('psp_webhook');
    pass(300_000);
    await expect(secretOf('psp_webhook')).rejects.toBeInstanceOf(SecretMissing);
  });

  it('that the function may not read is missing, and stays what it was once it was read', async () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    const { secretOf, asked, pass } = aStore(denied, 'value', denied);
    await expect(secretOf('simulator_webhook')).rejects.toThrow(SecretMissing);
    await expect(secretOf('simulator_webhook')).rejects.toThrow(SecretMissing);
    expect(asked).toHaveLength(1);
    expect(await secretOf('stripe_webhook')).toBe('value');
    pass(300_000);
    vi.spyOn(logger, 'warn').mockImplementation(() => {});
    expect(await secretOf('stripe_webhook')).toBe('value');
    vi.restoreAllMocks();
  });

  it('that cannot be read is a fault, which the next call does not inherit', async () => {
    const { secretOf } = aStore(new Error('throttled'), 'value');
    await expect(secretOf('psp_webhook')).rejects.toThrow('throttled');
    expect(await secretOf('psp_webhook')).toBe('value');
  });

  it('that cannot be read again stays what it was, and that is in the log without it', async () => {
    const warn = vi.spyOn(logger, 'warn').mockImplementation(() => {});
    const { secretOf, pass } = aStore('whsec_value', new Error('throttled'));
    await secretOf('psp_webhook');
    pass(300_000);
    expect(await secretOf('psp_webhook')).toBe('whsec_value');
    expect(warn).toHaveBeenCalledOnce();
    expect(JSON.stringify(warn.mock.calls)).not.toContain('whsec_value');
    warn.mockRestore();
  });
});
