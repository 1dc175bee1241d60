import { describe, expect, it } from 'vitest';
import {
  aDispute,
  aFailedRun,
  delivered,
  givenUp,
} from '../../../../test/support/dead-letters/letters.ts';
import { timeAt } from '../../../../test/support/ledger/transfers.ts';
import { anAcceptedPayment, countingStamps } from '../../../../test/support/payments/payments.ts';
import { aRequestedPayout } from '../../../../test/support/payouts.ts';
import { contentOf } from './content.ts';

const { event } = anAcceptedPayment(countingStamps());
const payout = aRequestedPayout(countingStamps()).event;
const read = (kind: Parameters<typeof contentOf>[0]['kind'], body: string) =>
  contentOf({ kind }, body);
const unreadable = (says: RegExp, hints: object = { type: null, about: null }) => ({
  kind: 'unreadable',
  says: expect.stringMatching(says),
  ...hints,
});

describe('what a letter holds', () => {
  it.each(['consumer', 'rule'] as const)('at a %s is the event in the envelope', (kind) => {
    expect(read(kind, delivered(event))).toEqual({ kind: 'event', event });
    expect(read(kind, delivered(payout))).toEqual({ kind: 'event', event: payout });
  });

  it('is an event without what its contract has not', () => {
    const more = { ...event, secret: 'VALUE', data: { ...event.data, pan: 'VALUE' } };
    expect(JSON.stringify(read('consumer', delivered(more)))).not.toContain('VALUE');
  });

  it.each([
    ['no JSON', '{', /^the message is not JSON$/],
    ['null', 'null', /^not an event of the contract: \/: /],
    ['a text', '"x"', /^not an event of the contract: \/: /],
    ['without a detail', '{}', /^not an event of the contract: \/: /],
  ])('is unreadable when it is %s', (_, body, says) => {
    expect(read('consumer', body)).toEqual(unreadable(says));
  });

  it('is unreadable with the type and the payment, if these can be told, and no value', () => {
    const about = { kind: 'payment', id: event.subject };
    const broken = { ...event, version: 'VALUE' };
    expect(read('consumer', delivered(broken))).toEqual(
      unreadable(/: \/version: /, { type: 'payment.accepted', about }),
    );
    const strange = { ...event, type: 'VALUE', subject: 'VALUE' };
    expect(read('consumer', delivered(strange))).toEqual(unreadable(/: \/type: /));
    expect(read('consumer', delivered({ ...payout, version: 2 }))).toMatchObject({
      type: 'payout.requested',
      about: { kind: 'payout', id: payout.subject },
    });
    expect(
      JSON.stringify([broken, strange].map((one) => read('consumer', delivered(one)))),
    ).not.toContain('VALUE');
  });

  it('at a queue of notices is the notice as it lies there', () => {
    const notice = aDispute(event.subject);
    expect(read('queue', JSON.stringify(notice))).toEqual({ kind: 'notice', notice });
    expect(read('queue', JSON.stringify({ ...notice, provider: 1 }))).toEqual(
      unreadable(/^not a notice of the contract: \/provider: /, {
        type: 'dispute.opened',
        about: { kind: 'payment', id: event.subject },
      }),
    );
    expect(read('queue', 'null')).toEqual(unreadable(/^not a notice/));
  });

  it('at a queue of webhooks is the try that it asks for', () => {
    const delivery = {
      tenant: 'acme',
      endpoint_id: event.subject,
      delivery_id: event.subject,
      attempt: 2,
    };
    expect(read('queue', JSON.stringify(delivery))).toEqual({ kind: 'delivery', delivery });
    expect(read('queue', JSON.stringify({ ...delivery, attempt: 'VALUE' }))).toEqual(
      unreadable(/^not a notice/),
    );
  });

  it('at a stream is the range that Lambda names, with why', () => {
    expect(read('stream', givenUp('10', '19', 7))).toEqual({
      kind: 'range',
      range: { streamArn: 'stream', shardId: 'shard', firstSequence: '10', lastSequence: '19' },
      records: 7,
      givenUp: timeAt(60_000),
      condition: 'RetryAttemptsExhausted after 51 tries: Unhandled',
    });
    const { requestContext: _, responseContext: __, ...bare } = JSON.parse(givenUp('1', '2', 2));
    expect(read('stream', JSON.stringify(bare))).toMatchObject({ condition: 'given up' });
    expect(read('stream', givenUp('x', '19', 7))).toEqual(
      unreadable(/^not a range that Lambda gave up: \/DDBStreamBatchInfo\/startSequenceNumber: /),
    );
  });

  it('at a schedule is the run, whether it failed or was not started', () => {
    expect(read('schedule', aFailedRun())).toEqual({
      kind: 'run',
      at: timeAt(0),
      error: 'Error: throttled',
    });
    const expired = { timestamp: timeAt(1), requestContext: { condition: 'EventAgeExceeded' } };
    expect(read('schedule', JSON.stringify(expired))).toEqual({
      kind: 'run',
      at: null,
      error: 'EventAgeExceeded',
    });
    const scheduled = { 'detail-type': 'Scheduled Event', time: timeAt(0), detail: {} };
    expect(read('schedule', JSON.stringify(scheduled))).toEqual({
      kind: 'run',
      at: timeAt(0),
      error: null,
    });
    for (const body of ['{', 'null', '{}']) {
      expect(read('schedule', body)).toEqual({ kind: 'run', at: null, error: null });
    }
  });
});
