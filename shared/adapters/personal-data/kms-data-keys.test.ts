import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it, vi } from 'vitest';
import { kmsDataKeys } from './kms-data-keys.ts';

const arn = 'arn:aws:kms:us-east-1:000000000000:key/1';
const whose = { tenant: 'acme', id: 'c-1' };
const [plain, wrapped] = [new Uint8Array(32).fill(1), new Uint8Array(100).fill(2)];

function over(answer: object) {
  const send = vi.fn(async (_command: unknown) => answer);
  return { send, keys: kmsDataKeys(arn, { send } as unknown as Pick<KMSClient, 'send'>) };
}

describe('data keys of KMS', () => {
  it('are made of 256 bits, for the customer of the tenant', async () => {
    const { send, keys } = over({ Plaintext: plain, CiphertextBlob: wrapped });
    expect(await keys.generate(whose)).toEqual({ plain, wrapped });
    const [command] = send.mock.calls[0] ?? [];
    expect(command).toBeInstanceOf(GenerateDataKeyCommand);
    expect((command as GenerateDataKeyCommand).input).toEqual({
      KeyId: arn,
      KeySpec: 'AES_256',
      EncryptionContext: { tenant: 'acme', customer: 'c-1' },
    });
  });

  it('are unwrapped by the stage’s key alone, for the same customer', async () => {
    const { send, keys } = over({ Plaintext: plain });
    expect(await keys.unwrap(whose, wrapped)).toEqual(plain);
    const [command] = send.mock.calls[0] ?? [];
    expect(command).toBeInstanceOf(DecryptCommand);
    expect((command as DecryptCommand).input).toEqual({
      KeyId: arn,
      CiphertextBlob: wrapped,
      EncryptionContext: { tenant: 'acme', customer: 'c-1' },
    });
  });

  it('are none when KMS answers without one', async () => {
    const { keys } = over({});
    await expect(keys.generate(whose)).rejects.toThrow('KMS answered without a key');
    await expect(keys.unwrap(whose, wrapped)).rejects.toThrow('KMS answered without a key');
  });
});
