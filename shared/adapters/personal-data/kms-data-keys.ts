import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { contextOf } from '../../domain/personal-data/personal-data.ts';
import type { DataKeys } from '../../ports/personal-data.ts';
import { traced } from '../../runtime/observability.ts';
import { clientOptions } from '../aws/client-options.ts';

/**
 * Data keys of KMS. The context is bound to a wrapped key: put beside another customer, it is not
 * unwrapped. CloudTrail notes each call with it, so of a customer it has the id and nothing else.
 *
 * @param keyArn of the key that wraps them
 */
export function kmsDataKeys(
  keyArn: string,
  client: Pick<KMSClient, 'send'> = traced(new KMSClient(clientOptions())),
): DataKeys {
  return {
    generate: async (whose) => {
      const { Plaintext, CiphertextBlob } = await client.send(
        new GenerateDataKeyCommand({
          KeyId: keyArn,
          KeySpec: 'AES_256',
          EncryptionContext: contextOf(whose),
        }),
      );
      return { plain: given(Plaintext), wrapped: given(CiphertextBlob) };
    },
    unwrap: async (whose, wrapped) => {
      const { Plaintext } = await client.send(
        new DecryptCommand({
          // Of any other key it is not ours, whatever it says of itself.
          KeyId: keyArn,
          CiphertextBlob: wrapped,
          EncryptionContext: contextOf(whose),
        }),
      );
      return given(Plaintext);
    },
  };
}

function given(bytes: Uint8Array | undefined): Uint8Array {
  if (!bytes) {
    throw new Error('KMS answered without a key');
  }
  return bytes;
}
