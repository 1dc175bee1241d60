import { holdRefund } from '../../../functions/ledger/hold-refund/hold-refund.ts';
import { release } from '../../../functions/ledger/release/release.ts';
import { reserve } from '../../../functions/ledger/reserve/reserve.ts';
import { returnRefund } from '../../../functions/ledger/return-refund/return-refund.ts';
import { beginOperation } from '../../../functions/payments/begin-operation/begin-operation.ts';
import { fail } from '../../../functions/payments/fail/fail.ts';
import { failOperation } from '../../../functions/payments/fail-operation/fail-operation.ts';
import { suspend } from '../../../functions/payments/suspend/suspend.ts';
import { suspendOperation } from '../../../functions/payments/suspend-operation/suspend-operation.ts';
import { capture } from '../../../functions/providers/capture/capture.ts';
import { charge } from '../../../functions/providers/charge/charge.ts';
import { inquire } from '../../../functions/providers/inquire/inquire.ts';
import { refund } from '../../../functions/providers/refund/refund.ts';
import { reverse } from '../../../functions/providers/reverse/reverse.ts';
import { voidAuthorization } from '../../../functions/providers/void/void.ts';
import { assessRisk } from '../../../functions/risk/assess-risk/assess-risk.ts';
import { inquiryTask } from '../../../shared/runtime/inquiry/task.ts';
import { sagaTask, type TaskCommand } from '../../../shared/runtime/saga-task.ts';
import type { Handler } from '../aws/lambda.ts';
import type { Given } from '../world/given.ts';
import type { Parts } from '../world/parts.ts';
import { change, type Load, providersOf, termsOf, type Wiring } from './ports.ts';

const task =
  (useCase: (given: Given, parts: Parts) => (command: TaskCommand) => Promise<void>): Load =>
  (given, parts) =>
    sagaTask(useCase(given, parts)) as Handler;

/** The tasks of the sagas of payments and their operations, and of their inquiry. */
export const paymentSagas: Wiring = {
  'risk-assess-risk': task((given, parts) =>
    assessRisk({ ...change(given, parts), rules: parts.stage.riskRules }),
  ),
  'ledger-reserve': task((given, parts) =>
    reserve({ ...change(given, parts), providers: { route: () => parts.route } }),
  ),
  'ledger-release': task((given, parts) => release(change(given, parts))),
  'providers-charge': task((given, parts) =>
    charge({
      ...change(given, parts),
      ...termsOf(parts),
      providers: providersOf(given, parts, 'charge'),
    }),
  ),
  'providers-reverse': task((given, parts) =>
    reverse({ ...change(given, parts), providers: providersOf(given, parts, 'void', 'refund') }),
  ),
  'payments-fail': task((given, parts) => fail(change(given, parts))),
  'payments-suspend': task((given, parts) => suspend(change(given, parts))),
  'payments-begin-operation': task((given, parts) => beginOperation(change(given, parts))),
  'providers-capture': task((given, parts) =>
    capture({
      ...change(given, parts),
      plans: parts.stage.feePlans,
      providers: providersOf(given, parts, 'capture'),
    }),
  ),
  'providers-void': task((given, parts) =>
    voidAuthorization({ ...change(given, parts), providers: providersOf(given, parts, 'void') }),
  ),
  'ledger-hold-refund': task((given, parts) => holdRefund(change(given, parts))),
  'ledger-return-refund': task((given, parts) => returnRefund(change(given, parts))),
  'providers-refund': task((given, parts) =>
    refund({ ...change(given, parts), providers: providersOf(given, parts, 'refund') }),
  ),
  'payments-fail-operation': task((given, parts) => failOperation(change(given, parts))),
  'payments-suspend-operation': task((given, parts) => suspendOperation(change(given, parts))),
  'providers-inquire': (given, parts) =>
    inquiryTask(
      inquire({
        ...change(given, parts),
        ...termsOf(parts),
        providers: providersOf(given, parts, 'inquire'),
        schedule: parts.stage.inquiry,
      }),
    ) as Handler,
};
