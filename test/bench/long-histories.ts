import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { eventItem } from '../../shared/adapters/dynamo/payments/event-item.ts';
import { stateItem } from '../../shared/adapters/dynamo/payments/event-store.ts';
import type { PaymentEvent, PaymentFact } from '../../shared/contracts/events/payment-events.ts';
import { operationId } from '../../shared/domain/ids.ts';
import { changePayment } from '../../shared/domain/payment/change.ts';
import { foldPayment } from '../../shared/domain/payment/fold.ts';
import {
  mostOperations,
  type Operation,
} from '../../shared/domain/payment/operations/operation.ts';
import type { Payment } from '../../shared/domain/payment/state.ts';
import { hasSnapshot } from '../../shared/domain/snapshot.ts';
import { anAcceptedPayment, countingStamps } from '../support/payments/payments.ts';
import { microseconds, type Section } from './timing.ts';

/** Longer than any payment's: docs/decisions/0027 says what bounds those. */
const length = 10_000;

/** What DynamoDB lets an item have. */
const itemBytes = 400 * 1_024;

const nextStamp = countingStamps();

/** A payment whose PSP is busy for ever: the cheapest event, so the ratio flatters nobody. */
function aLongHistory() {
  const first = anAcceptedPayment(nextStamp);
  const events: PaymentEvent[] = [first.event];
  let { after } = first;
  let snapshot: Payment | null = null;
  while (events.length < length - 1) {
    const busy: PaymentFact = {
      type: 'payment.provider_busy',
      facts: { operation_id: operationId(after.id, 'charge'), provider: 'psp', reason: '429' },
    };
    const change = changePayment(after, busy, nextStamp());
    events.push(change.event);
    after = change.after;
    snapshot = hasSnapshot(after.version) ? after : snapshot;
  }
  return { events, snapshot };
}

const bytesOf = (item: Record<string, AttributeValue>) =>
  Object.entries(item).reduce(
    (sum, [name, { S = '', N = '' }]) => sum + name.length + Buffer.byteLength(S) + N.length,
    0,
  );

/** As large as an operation gets: the longest reason, an answer of the PSP, and a person's word on it. */
function aLargeOperation(index: number): Operation {
  const text = '\u00e9'.repeat(200);
  const time = '2026-01-01T00:00:00.000Z';
  return {
    id: operationId(String(index), 'charge'),
    kind: 'capture',
    amountMinor: 1_000_000_000_000,
    final: false,
    cause: 'requested',
    reason: text,
    requestHash: 'f'.repeat(64),
    created: time,
    status: 'processing',
    ended: null,
    execution: `arn:aws:states:us-east-1:000000000000:execution:${'m'.repeat(80)}:${'n'.repeat(36)}`,
    restarted: true,
    progress: { since: time, resumes: 3, resumed: true },
    held: false,
    feeMinor: 1_000_000_000_000,
    busyTries: 100,
    decline: { code: 'c'.repeat(40), message: text },
    unknown: { since: time },
    parked: {
      since: time,
      reason: text,
      resolution: { outcome: 'took_effect', providerReference: 'r'.repeat(255) },
    },
    failure: { code: 'c'.repeat(40), message: text },
  };
}

/** What reading a state of the past costs, and how far a state can grow. */
export async function benchLongHistories(): Promise<Section> {
  const { events, snapshot } = aLongHistory();
  const behind = events.slice(snapshot?.version ?? 0);
  const [all, near] = await microseconds(
    [() => foldPayment(events), () => foldPayment(behind, snapshot)],
    { batch: 2, turns: 12 },
  );
  const read = (some: readonly PaymentEvent[]) =>
    some.reduce((sum, event) => sum + bytesOf(eventItem(event)), 0);
  const stateBytes = snapshot ? bytesOf(stateItem('PAYMENT#', snapshot)) : 0;
  const { after } = anAcceptedPayment(nextStamp, {
    metadata: Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`${index}`.padStart(40, 'k'), 'v'.repeat(200)]),
    ),
  });
  const withOperations = (count: number) =>
    bytesOf(
      stateItem('PAYMENT#', {
        ...after,
        operations: Array.from({ length: count }, (_, index) => aLargeOperation(index)),
      } as Payment),
    );
  const whole = 'all of its events';
  return {
    title: 'Long histories',
    says: 'A payment as it was at a version, folded from its nearest snapshot, beside the fold of all of its events; and the largest state that there can be, beside what DynamoDB lets an item have.',
    figures: [
      {
        what: `the state at version ${events.length}`,
        value: near,
        unit: 'us',
        reference: all,
        beside: whole,
      },
      {
        what: 'what is read for it',
        value: (stateBytes + read(behind)) / 1_024,
        unit: 'KiB',
        reference: read(events) / 1_024,
        beside: whole,
      },
      {
        what: `a state with ${mostOperations.refund} of the largest operations`,
        value: withOperations(mostOperations.refund) / 1_024,
        unit: 'KiB',
        reference: itemBytes / 1_024,
        beside: 'an item’s limit',
      },
    ],
  };
}
