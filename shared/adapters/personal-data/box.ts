import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { Sealed } from '../../contracts/payment.ts';
import {
  associatedData,
  type CustomerOf,
  type PersonalData,
  plainTextOf,
  readPlainText,
} from '../../domain/personal-data/personal-data.ts';

const cipher = 'aes-256-gcm';
/** NIST SP 800-38D: what GCM takes as it is. */
export const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** The box is another customer's or another key's, or somebody changed it. Says nothing of what is in it. */
export class BoxDoesNotOpen extends Error {
  override readonly name = 'BoxDoesNotOpen';
}

/** The data key is used for nothing itself: what is done with it has a key each (RFC 5869). */
function derived(dataKey: Uint8Array, purpose: 'box' | 'digest'): Uint8Array {
  return new Uint8Array(
    hkdfSync('sha256', dataKey, '', `paysaga personal data ${purpose}`, keyBytes),
  );
}

/**
 * Seals personal data: AES-256-GCM, with what it belongs to as its associated data.
 *
 * @param dataKey 32 bytes
 * @param nonce 12 bytes, never the same twice under one data key: random
 */
export function seal(
  whose: CustomerOf,
  key: { readonly keyId: string; readonly plain: Uint8Array },
  data: PersonalData,
  nonce: Uint8Array,
): Sealed {
  const about = associatedData(whose, key.keyId);
  const text = plainTextOf(data);
  const sealing = createCipheriv(cipher, derived(key.plain, 'box'), nonce, {
    authTagLength: tagBytes,
  }).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([nonce, sealing.update(text, 'utf8'), sealing.final()]);
  return {
    key_id: key.keyId,
    digest: createHmac('sha256', derived(key.plain, 'digest'))
      .update(about)
      .update(text)
      .digest('hex'),
    box: Buffer.concat([sealed, sealing.getAuthTag()]).toString('base64url'),
  };
}

/** @throws BoxDoesNotOpen */
export function open(
  whose: CustomerOf,
  key: { readonly keyId: string; readonly plain: Uint8Array },
  { box }: Pick<Sealed, 'box'>,
): PersonalData {
  const bytes = Buffer.from(box, 'base64url');
  try {
    const opening = createDecipheriv(
      cipher,
      derived(key.plain, 'box'),
      bytes.subarray(0, nonceBytes),
      {
        authTagLength: tagBytes,
      },
    )
      .setAAD(Buffer.from(associatedData(whose, key.keyId)))
      .setAuthTag(bytes.subarray(-tagBytes));
    const text = opening.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8');
    return readPlainText(text + opening.final('utf8'));
  } catch {
    // What Node says of it may have a part of the text in it.
    throw new BoxDoesNotOpen('a box does not open with the key that it names');
  }
}
