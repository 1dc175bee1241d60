import { readFileSync } from 'node:fs';
import type * as z from 'zod/mini';
import { eventSourceOf } from '../../shared/contracts/events/events.ts';
import {
  PaymentEventSchema,
  paymentEventTypes,
} from '../../shared/contracts/events/payment-events.ts';
import {
  PayoutEventSchema,
  payoutEventTypes,
} from '../../shared/contracts/events/payout-events.ts';
import { WebhookEndpointDisabled } from '../../shared/contracts/events/webhook-events.ts';

/** An event as the documents have it. */
export interface EventContract {
  readonly type: string;
  readonly schema: z.core.$ZodType;
  /** What happened. */
  readonly says: string;
  /** Of the bus; null for what webhooks alone carry. */
  readonly source: string | null;
}

/** Every event that leaves us. */
export function eventContracts(): EventContract[] {
  const payments = optionsOf(PaymentEventSchema);
  const payouts = optionsOf(PayoutEventSchema);
  return [
    ...paymentEventTypes.map((type, index) => busEvent(type, payments[index], 'payment-events')),
    ...payoutEventTypes.map((type, index) => busEvent(type, payouts[index], 'payout-events')),
    {
      type: WebhookEndpointDisabled.shape.type._zod.def.values[0] ?? '',
      schema: WebhookEndpointDisabled,
      says: 'An endpoint of the tenant was disabled by us.',
      source: null,
    },
  ];
}

function optionsOf(union: z.ZodMiniType): readonly z.core.$ZodType[] {
  return (union._zod.def as z.core.$ZodDiscriminatedUnionDef).options;
}

function busEvent(
  type: (typeof paymentEventTypes)[number] | (typeof payoutEventTypes)[number],
  schema: z.core.$ZodType | undefined,
  file: string,
): EventContract {
  if (!schema) {
    throw new Error(`${type} has no contract`);
  }
  return { type, schema, says: textsOf(file).get(type) ?? '', source: eventSourceOf({ type }) };
}

const read = new Map<string, ReadonlyMap<string, string>>();

/**
 * What the doc comments of a file of contracts say of its events. A comment is of the events up to the
 * next one.
 */
function textsOf(file: string): ReadonlyMap<string, string> {
  const known = read.get(file);
  if (known) {
    return known;
  }
  const url = new URL(`../../shared/contracts/events/${file}.ts`, import.meta.url);
  const texts = new Map<string, string>();
  let text = '';
  const places = /\/\*\*([\s\S]*?)\*\/|^ {2}'([a-z_.]+)':/gm;
  for (const [, comment, type] of readFileSync(url, 'utf8').matchAll(places)) {
    if (comment !== undefined) {
      text = comment.replace(/\s*\n\s*\*? ?/g, ' ').trim();
    } else if (type !== undefined) {
      texts.set(type, text);
    }
  }
  read.set(file, texts);
  return texts;
}
