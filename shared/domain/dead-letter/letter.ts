import type { AnyEvent } from '../../contracts/events/events.ts';
import type { ProviderNoticeMessage } from '../../contracts/events/notices.ts';
import type { DeliveryMessage } from '../../contracts/webhooks.ts';
import type { Transfer } from '../ledger/transfer.ts';
import type { Currency } from '../money/currency.ts';

/** A message as it lies among the dead letters of an edge. */
export interface Letter {
  /** SQS's; it stays the same as long as the message lies there. */
  readonly id: string;
  /** RFC 3339: when it came here. */
  readonly sent: string;
  readonly body: string;
  /**
   * What stands beside it. Ours: `error_name`, `reason`, `receives`; EventBridge's: `ERROR_CODE`,
   * `ERROR_MESSAGE`; none when the queue itself gave it up, or Lambda a range or a run.
   */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A range of a shard, both ends in it, that a stream's mapping gave up. */
export interface StreamRange {
  readonly streamArn: string;
  readonly shardId: string;
  readonly firstSequence: string;
  readonly lastSequence: string;
}

/** What a letter holds, as far as it is of a contract. */
export type Content =
  | { readonly kind: 'event'; readonly event: AnyEvent }
  | { readonly kind: 'notice'; readonly notice: ProviderNoticeMessage }
  | { readonly kind: 'delivery'; readonly delivery: DeliveryMessage }
  | {
      readonly kind: 'range';
      readonly range: StreamRange;
      /** As many as the mapping counted, those that its filters leave out not among them. */
      readonly records: number;
      /** RFC 3339: when the mapping gave it up. */
      readonly givenUp: string;
      /** Why, in Lambda's words: `RetryAttemptsExhausted after 51 tries: Unhandled`. */
      readonly condition: string;
    }
  | {
      readonly kind: 'run';
      /** RFC 3339: when it should have run; null when that is not said. */
      readonly at: string | null;
      /** What the function threw; null when it was never started. */
      readonly error: string | null;
    }
  /** Not of the contract of its edge; `type` and `about` are what could be read all the same. */
  | {
      readonly kind: 'unreadable';
      readonly says: string;
      readonly type: string | null;
      readonly about: Subject | null;
    };

/** A record of a stream, read by what its table holds. */
export type RangeItem =
  | { readonly kind: 'event'; readonly event: AnyEvent }
  | { readonly kind: 'transfer'; readonly transfer: Transfer }
  | { readonly kind: 'unreadable'; readonly says: string };

/** A payment, or what else money is moved for. */
export interface Subject {
  readonly kind: 'payment' | 'payout' | 'conversion';
  readonly id: string;
}

/** What a letter has to do with one subject. */
export interface Concern {
  readonly subject: Subject;
  /** What is at risk as long as the letter lies there, in minor units; null for all that there is. */
  readonly amountMinor: number | null;
  readonly currency: Currency;
}

/** A letter in a word: the event's type, the notice's, or what else it is. */
export function whatOf(content: Content): string {
  switch (content.kind) {
    case 'event':
      return content.event.type;
    case 'notice':
      return content.notice.type;
    case 'delivery':
      return `webhook, try ${content.delivery.attempt}`;
    case 'range':
      return content.records === 1
        ? '1 record of the stream'
        : `${content.records} records of the stream`;
    case 'run':
      return 'scheduled run';
    case 'unreadable':
      return content.type ?? 'unreadable';
  }
}

/** When what the letter is about failed for good. */
export function whenOf({ sent }: Letter, content: Content): string {
  return content.kind === 'range' ? content.givenUp : sent;
}

/** Why a letter is where it is, in the words of who gave it up. */
export function reasonOf({ attributes }: Letter, content: Content): string {
  const { error_name, reason, ERROR_CODE, ERROR_MESSAGE } = attributes;
  if (error_name !== undefined || reason !== undefined) {
    return [error_name, reason].filter(Boolean).join(': ');
  }
  if (ERROR_CODE !== undefined || ERROR_MESSAGE !== undefined) {
    return [ERROR_CODE, ERROR_MESSAGE].filter(Boolean).join(': ');
  }
  switch (content.kind) {
    case 'range':
      return content.condition;
    case 'run':
      return content.error ?? 'the clock could not start it';
    case 'unreadable':
      return content.says;
    case 'event':
    case 'notice':
    case 'delivery':
      return 'the function ended without an answer at each try: it crashed, or took too long';
  }
}

/** What an event puts at risk: the amount of its payment or payout. */
export function concernOfEvent({ subject, data }: AnyEvent): Concern {
  const [kind, resource] =
    'payment' in data ? (['payment', data.payment] as const) : (['payout', data.payout] as const);
  const { amount, currency } = resource;
  return { subject: { kind, id: subject }, amountMinor: amount, currency: currency as Currency };
}

/** What a notice is about: our id of it, or the PSP's of its charge where that is all that it says. */
export function aboutOf({ data }: ProviderNoticeMessage): string {
  return 'dispute_id' in data ? (data.reference ?? data.provider_reference) : data.reference;
}

/** What a notice puts at risk: the amount that it tells of. */
export function concernOfNotice(notice: ProviderNoticeMessage): Concern {
  const kind = notice.type.startsWith('payout.') ? 'payout' : 'payment';
  const { amount, currency } = notice.data;
  return {
    subject: { kind, id: aboutOf(notice) },
    amountMinor: amount,
    currency: currency as Currency,
  };
}

/** What a transfer that is in no book puts at risk; null for one that is about nothing by an id. */
export function concernOfTransfer(transfer: Transfer): Concern | null {
  const { paymentId, operationId, posting, amountMinor, currency } = transfer;
  if (paymentId !== null) {
    return { subject: { kind: 'payment', id: paymentId }, amountMinor, currency };
  }
  const kind = posting.startsWith('fx_') ? 'conversion' : 'payout';
  return operationId === null
    ? null
    : { subject: { kind, id: operationId }, amountMinor, currency };
}

/**
 * One concern a subject and currency, with the largest amount of it: what is held, posted and refunded
 * is the same money.
 */
export function concernsOf(all: readonly Concern[]): Concern[] {
  const bySubject = Map.groupBy(all, ({ subject, currency }) => `${subject.id}#${currency}`);
  return [...bySubject.values()].map((of) =>
    of.reduce((largest, one) => (sizeOf(one) > sizeOf(largest) ? one : largest)),
  );
}

function sizeOf({ amountMinor }: Concern): number {
  return amountMinor ?? Number.POSITIVE_INFINITY;
}

/** An amount of one currency, in minor units. */
export interface AtRisk {
  readonly amountMinor: number;
  readonly currency: Currency;
}

/** The largest of some amounts, whatever its currency; 0 of none. */
export function largestOf(amounts: readonly AtRisk[]): number {
  return Math.max(0, ...amounts.map(({ amountMinor }) => amountMinor));
}

/** The amounts at risk, one a currency, by currency. What is not known counts nothing. */
export function atRisk(concerns: readonly Concern[]): AtRisk[] {
  return [...Map.groupBy(concerns, ({ currency }) => currency)]
    .map(([currency, of]) => ({
      currency,
      amountMinor: of.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0),
    }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
