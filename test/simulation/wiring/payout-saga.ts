import { failPayout } from '../../../functions/payouts/fail/fail.ts';
import { inquirePayout } from '../../../functions/payouts/inquire/inquire.ts';
import { reservePayout } from '../../../functions/payouts/reserve/reserve.ts';
import { returnPayout } from '../../../functions/payouts/return/return.ts';
import { sendPayout } from '../../../functions/payouts/send/send.ts';
import { suspendPayout } from '../../../functions/payouts/suspend/suspend.ts';
import { payoutInquiryTask } from '../../../shared/runtime/payout/inquiry-task.ts';
import { type PayoutCommand, payoutTask } from '../../../shared/runtime/payout/payout-task.ts';
import type { Handler } from '../aws/lambda.ts';
import type { Given } from '../world/given.ts';
import type { Parts } from '../world/parts.ts';
import { bankOf, changePayout, type Load, type Wiring } from './ports.ts';

const task =
  (useCase: (given: Given, parts: Parts) => (command: PayoutCommand) => Promise<void>): Load =>
  (given, parts) =>
    payoutTask(useCase(given, parts)) as Handler;

/** The tasks of the saga of payouts, and of their inquiry. */
export const payoutSaga: Wiring = {
  'payouts-reserve': task((given, parts) => reservePayout(changePayout(given, parts))),
  'payouts-return': task((given, parts) => returnPayout(changePayout(given, parts))),
  'payouts-send': task((given, parts) =>
    sendPayout({ ...changePayout(given, parts), bank: bankOf(given, parts, 'send') }),
  ),
  'payouts-fail': task((given, parts) => failPayout(changePayout(given, parts))),
  'payouts-suspend': task((given, parts) => suspendPayout(changePayout(given, parts))),
  'payouts-inquire': (given, parts) =>
    payoutInquiryTask(
      inquirePayout({
        ...changePayout(given, parts),
        bank: bankOf(given, parts, 'inquire'),
        schedule: parts.stage.inquiry,
      }),
    ) as Handler,
};
