import { sha256 } from './sha256.ts';

/**
 * `derivedId` of `shared/domain/derived-id.ts`, where there is no Node: the build puts this file in its
 * place. Web Crypto has no digest that answers at once, and a fold cannot wait.
 */
export function derivedId(...parts: readonly string[]): string {
  const encoder = new TextEncoder();
  const text = parts.map((part) => `${encoder.encode(part).length}:${part}`).join('');
  const bytes = sha256(encoder.encode(text)).subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
