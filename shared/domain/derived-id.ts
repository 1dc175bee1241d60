import { createHash } from 'node:crypto';

/**
 * A UUIDv8 (RFC 9562, section 5.8) made of the SHA-256 of its parts: the same parts give the same
 * id for ever, so an id is derived instead of looked up, and a retry cannot make a second one.
 * Each part is preceded by its length, so ('ab', 'c') and ('a', 'bc') differ. Alone in its file: of the
 * ids it alone needs Node, and the console has its own (`console/src/browser/derived-id.ts`).
 */
export function derivedId(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
