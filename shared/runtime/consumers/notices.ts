import { ProviderNotice, type ProviderNoticeMessage } from '../../contracts/events/notices.ts';
import type { DeadLetter } from '../../ports/messaging.ts';
import { queueConsumer } from './queue-consumer.ts';

/** A handler of the queue of notices, in which each message is what a PSP or a bank tells. */
export function noticeConsumer(options: {
  readonly maxReceives: number;
  readonly deadLetter: DeadLetter;
  readonly consume: (notice: ProviderNoticeMessage) => Promise<void>;
}) {
  return queueConsumer<ProviderNoticeMessage>({
    ...options,
    schema: ProviderNotice,
    what: 'a notice',
    contentOf: (body) => body,
    contextOf: ({ type, data }) =>
      data.reference === null
        ? {}
        : { [type.startsWith('payout.') ? 'payout_id' : 'payment_id']: data.reference },
  });
}
