import { transferKeyOf } from '../../../shared/adapters/dynamo/ledger/ledger-items.ts';
import { attributesOf } from '../../../shared/adapters/dynamo/ledger/transfer-item.ts';
import { eventItem } from '../../../shared/adapters/dynamo/payments/event-item.ts';
import type { DeadLetterEdge } from '../../../shared/contracts/dead-letters/edge.ts';
import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { StreamRecord } from '../../../shared/ports/dead-letters.ts';
import { timeAt } from '../ledger/transfers.ts';

type Stream = Extract<DeadLetterEdge, { kind: 'stream' }>;

const stream = (name: string, filters: Stream['filters']): Stream => ({
  kind: 'stream',
  name,
  queue_url: `queue:${name}`,
  function: `paysaga-test-${name}`,
  stream_arn: `stream:${name}`,
  filters,
  batch_size: 100,
});

const inserted = (image: object) => [{ eventName: ['INSERT'], dynamodb: { NewImage: image } }];

/** One edge of each kind, and of each function of a stream. */
export const edges = {
  relay: stream('payments-relay', inserted({ sk: { S: [{ prefix: 'EVENT#' }] } })),
  startSaga: stream('payments-start-saga', inserted({ type: { S: ['payment.accepted'] } })),
  fold: stream('ledger-fold-balances', inserted({ pk: { S: [{ prefix: 'TRANSFER#' }] } })),
  list: {
    kind: 'consumer',
    name: 'payments-project-list',
    queue_url: 'queue:payments-project-list',
    function: 'paysaga-test-payments-project-list',
    source_url: 'work:payments-project-list',
  },
  undelivered: {
    kind: 'rule',
    name: 'payments-project-list-undelivered',
    queue_url: 'queue:payments-project-list-undelivered',
    function: 'paysaga-test-payments-project-list',
    source_url: 'work:payments-project-list',
  },
  notices: {
    kind: 'queue',
    name: 'provider-notices',
    queue_url: 'queue:provider-notices',
    function: 'paysaga-test-payments-take-notice',
    source_url: 'work:provider-notices',
  },
  audit: {
    kind: 'schedule',
    name: 'ledger-audit',
    queue_url: 'queue:ledger-audit',
    function: 'paysaga-test-ledger-audit',
    schedule: 'audit',
  },
} as const satisfies Record<string, DeadLetterEdge>;

/** What EventBridge puts on a queue for an event. */
export function delivered(detail: unknown): string {
  return JSON.stringify({ version: '0', 'detail-type': 'x', detail });
}

export function aDispute(reference: string): ProviderNoticeMessage {
  return {
    id: 'notice-1',
    provider: 'simulator',
    time: timeAt(1_000),
    type: 'dispute.opened',
    data: {
      dispute_id: 'dp_1',
      reference,
      provider_reference: 'ch_1',
      amount: 2_500,
      fee: 1_500,
      currency: 'EUR',
      reason: 'fraudulent',
    },
  };
}

/** What Lambda says of a range that it gave up. */
export function givenUp(
  first: string,
  last: string,
  records: number,
  shardId = 'shard',
  streamArn = 'stream',
): string {
  return JSON.stringify({
    requestContext: {
      requestId: 'request',
      functionArn: 'arn',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 51,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: timeAt(60_000),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first,
      endSequenceNumber: last,
      approximateArrivalOfFirstRecord: timeAt(0),
      approximateArrivalOfLastRecord: timeAt(0),
      batchSize: records,
      streamArn,
    },
  });
}

/** What Lambda says of a run that it gave up. */
export function aFailedRun(): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: timeAt(60_000),
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: { 'detail-type': 'Scheduled Event', time: timeAt(0), account: 'VALUE' },
    responseContext: { statusCode: 200, functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'throttled', trace: ['VALUE'] },
  });
}

/** An item that was inserted, as the stream has it. */
export function recordOf(sequence: string, NewImage: object, eventName = 'INSERT'): StreamRecord {
  return { sequence, record: { eventName, dynamodb: { SequenceNumber: sequence, NewImage } } };
}

export function eventRecord(sequence: string, event: AnyEvent): StreamRecord {
  return recordOf(sequence, eventItem(event));
}

export function transferRecord(sequence: string, transfer: Transfer): StreamRecord {
  return recordOf(sequence, { ...transferKeyOf(transfer), ...attributesOf(transfer) });
}
