import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/*
 * All about one PSP is one partition:
 *
 *     PROVIDER#<name>    BREAKER      the circuit breaker; none: nothing ever happened to it
 *     PROVIDER#<name>    RATE         the rate limit: one number
 *     PROVIDER#<name>    SLOT#<k>     who has the slot, and until when
 */

export function partitionOf(provider: string): AttributeValue {
  return { S: `PROVIDER#${provider}` };
}

export const breakerKey = 'BREAKER';
const rateKey = 'RATE';
export const slotKeys = 'SLOT#';

export function breakerKeyOf(provider: string) {
  return { pk: partitionOf(provider), sk: { S: breakerKey } };
}

export function rateKeyOf(provider: string) {
  return { pk: partitionOf(provider), sk: { S: rateKey } };
}

export function slotKeyOf(provider: string, slot: number) {
  return { pk: partitionOf(provider), sk: { S: `${slotKeys}${slot}` } };
}

/** Milliseconds or microseconds, which DynamoDB takes as text. */
export function numberOf(value: number): AttributeValue {
  return { N: String(value) };
}
