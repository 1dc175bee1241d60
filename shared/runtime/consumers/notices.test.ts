import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { lambdaContext } from '../../../test/support/api/api-event.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { aPayoutNotice } from '../../../test/support/payouts.ts';
import type { ProviderNoticeMessage } from '../../contracts/events/notices.ts';
import { derivedId } from '../../domain/ids.ts';
import type { DeadLetter } from '../../ports/messaging.ts';
import { noticeConsumer } from './notices.ts';
import { Poison } from './queue-consumer.ts';

const payout = derivedId('test', 'payout');
const notice = aPayoutNotice('payout.paid', payout);

async function receive(
  bodies: readonly unknown[],
  consume: (notice: ProviderNoticeMessage) => Promise<void> = async () => {},
  receives = 1,
) {
  const letters: Parameters<DeadLetter>[0][] = [];
  const consumed: ProviderNoticeMessage[] = [];
  const handler = noticeConsumer({
    maxReceives: 3,
    deadLetter: async (letter) => void letters.push(letter),
    consume: async (taken) => {
      consumed.push(taken);
      await consume(taken);
    },
  });
  const Records = bodies.map(
    (body, index) =>
      ({
        messageId: `m${index}`,
        body: typeof body === 'string' ? body : JSON.stringify(body),
        attributes: { ApproximateReceiveCount: String(receives) },
      }) as SQSRecord,
  );
  const answer = await handler({ Records } as SQSEvent, lambdaContext);
  const again = answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return { letters, consumed, again };
}

describe('the consumer of notices', () => {
  const logs = recordLogs();

  it('takes a notice as it lies in the queue, with nothing around it', async () => {
    expect(await receive([notice])).toEqual({ letters: [], consumed: [notice], again: [] });
  });

  it.each([
    ['no JSON', '{', 'the message is not JSON'],
    ['what the bus would wrap it in', { detail: notice }, /^not a notice of the contract: /],
    ['of a type that nobody knows', { ...notice, type: 'payout.lost' }, /: \/type: /],
    ['of no payout id', { ...notice, data: { ...notice.data, reference: 'VALUE' } }, /reference/],
  ])('puts to the dead letters at once a message that is %s', async (_name, body, reason) => {
    const { letters, consumed, again } = await receive([body, notice]);
    expect(letters).toEqual([
      expect.objectContaining({ errorName: 'Poison', reason: expect.stringMatching(reason) }),
    ]);
    expect(letters[0]?.reason).not.toContain('VALUE');
    expect([consumed, again]).toEqual([[notice], []]);
  });

  it('puts to the dead letters at once what its use case says can never be right', async () => {
    const { letters, again } = await receive([notice], () =>
      Promise.reject(new Poison('of no payout that there is')),
    );
    expect(letters).toEqual([
      {
        body: JSON.stringify(notice),
        errorName: 'Poison',
        reason: 'of no payout that there is',
        receives: 1,
      },
    ]);
    expect(again).toEqual([]);
  });

  it('receives any other failure again, until the last time', async () => {
    const fail = () => Promise.reject(new Error('not yet'));
    expect(await receive([notice], fail, 2)).toMatchObject({ again: ['m0'], letters: [] });
    expect(await receive([notice], fail, 3)).toMatchObject({
      again: [],
      letters: [{ reason: 'not yet', receives: 3 }],
    });
  });

  it('says of which payout or payment a failure was', async () => {
    const dispute = {
      ...notice,
      type: 'dispute.opened',
      data: {
        dispute_id: 'dp_1',
        reference: payout,
        provider_reference: 'ch_1',
        amount: 1,
        fee: 0,
        currency: 'EUR',
        reason: 'fraudulent',
      },
    };
    await receive([notice, dispute], () => Promise.reject(new Error('no')));
    expect(logs.lines().map(({ payout_id, payment_id }) => [payout_id, payment_id])).toEqual([
      [payout, undefined],
      [undefined, payout],
    ]);
  });
});
