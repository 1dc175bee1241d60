import * as z from 'zod/mini';
import type { Endpoint } from '../../shared/contracts/endpoints/endpoint.ts';
import { PaymentEventSchema } from '../../shared/contracts/events/payment-events.ts';
import { PayoutEventSchema } from '../../shared/contracts/events/payout-events.ts';
import { LedgerStatement, TrialBalance } from '../../shared/contracts/ledger.ts';
import { DeadLetterDetail } from '../../shared/contracts/operations/dead-letters.ts';
import {
  Amount,
  CurrencyCode,
  Failure,
  Metadata,
  Timestamp,
} from '../../shared/contracts/payment.ts';
import { WebhookEndpointWithSecret } from '../../shared/contracts/webhooks.ts';
import type { SchemaNames } from './json-schema.ts';

export type AnyEndpoint = Endpoint<never, never> | Endpoint;

type Schema = z.core.$ZodType;

/** What has a name and does not say it itself, and what has more to say than its form. */
const named: readonly [Schema, { id: string; description?: string; maxProperties?: number }][] = [
  [Amount, { id: 'Amount', description: 'Minor units of the currency: 10000 is EUR 100.00.' }],
  [CurrencyCode, { id: 'CurrencyCode', description: 'ISO 4217.' }],
  [Failure, { id: 'Failure', description: 'Why it did not happen.' }],
  [
    Metadata,
    { id: 'Metadata', description: 'Texts of the merchant’s own: up to 20.', maxProperties: 20 },
  ],
  [Timestamp, { id: 'Timestamp', description: 'RFC 3339, in UTC with milliseconds.' }],
  [
    PaymentEventSchema,
    { id: 'PaymentEvent', description: 'An event of a payment, by its `type`.' },
  ],
  [PayoutEventSchema, { id: 'PayoutEvent', description: 'An event of a payout, by its `type`.' }],
  [LedgerStatement.shape.data._zod.def.element, { id: 'LedgerStatementEntry' }],
  [TrialBalance, { id: 'TrialBalance' }],
  [DeadLetterDetail, { id: 'DeadLetterDetail' }],
  [WebhookEndpointWithSecret, { id: 'WebhookEndpointWithSecret' }],
];

/**
 * The names of schemas in the documents. A resource says its own by its member `object`, an event by
 * its `type`, a list has that of its items, a body and an answer without one that of their endpoint.
 */
export function namesFor(io: 'input' | 'output', endpoints: readonly AnyEndpoint[]): SchemaNames {
  const names: SchemaNames = z.registry();
  for (const [schema, meta] of named) {
    names.add(schema, meta);
  }
  for (const { name, body, answers } of endpoints) {
    if (body && io === 'input') {
      names.add(body, { id: `${pascal(name)}Request` });
    }
    for (const answer of Object.values(answers)) {
      addNames(names, answer);
      if (io === 'output' && !names.has(answer) && answer._zod.def.type === 'object') {
        names.add(answer, { id: `${pascal(name)}Answer` });
      }
    }
  }
  return names;
}

/** Gives a schema and all that is in it the names that they say themselves. */
export function addNames(names: SchemaNames, schema: Schema): void {
  for (const part of partsOf(schema)) {
    addNames(names, part);
  }
  const id = names.has(schema) ? null : ownNameOf(names, schema);
  if (id !== null) {
    names.add(schema, { id });
  }
}

function ownNameOf(names: SchemaNames, schema: Schema): string | null {
  const { object, type, data, sequence } = shapeOf(schema);
  const kind = literalOf(object);
  if (kind === 'list' && data) {
    const item = names.get((data as z.ZodMiniArray)._zod.def.element)?.id;
    return item === undefined ? null : `${item}List`;
  }
  if (kind !== null) {
    return pascal(kind);
  }
  const event = sequence ? literalOf(type) : null;
  return event === null ? null : eventName(event);
}

/** `payment.capture_requested` is `PaymentCaptureRequestedEvent`. */
export function eventName(type: string): string {
  return `${pascal(type)}Event`;
}

/** The one text that a schema takes; null for one that takes others. */
function literalOf(schema: Schema | undefined): string | null {
  const def = schema?._zod.def as { type?: string; values?: readonly unknown[] } | undefined;
  const value = def?.type === 'literal' ? def.values?.[0] : null;
  return typeof value === 'string' ? value : null;
}

function shapeOf(schema: Schema): Readonly<Record<string, Schema>> {
  return schema._zod.def.type === 'object' ? (schema._zod.def as z.core.$ZodObjectDef).shape : {};
}

/** The schemas that a schema is made of. */
function partsOf(schema: Schema): readonly Schema[] {
  const { element, options, innerType, valueType } = schema._zod.def as {
    readonly element?: Schema;
    readonly options?: readonly Schema[];
    readonly innerType?: Schema;
    readonly valueType?: Schema;
  };
  const inside = [element, innerType, valueType].filter((part) => part !== undefined);
  return [...Object.values(shapeOf(schema)), ...(options ?? []), ...inside];
}

/** `refund_approval`, `refund.approval` and `refundApproval` are `RefundApproval`. */
export function pascal(text: string): string {
  return text.replace(/(?:^|[^A-Za-z0-9]+)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
