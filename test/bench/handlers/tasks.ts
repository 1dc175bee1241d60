import { holdRefund } from '../../../functions/ledger/hold-refund/hold-refund.ts';
import { release } from '../../../functions/ledger/release/release.ts';
import { reserve } from '../../../functions/ledger/reserve/reserve.ts';
import { beginOperation } from '../../../functions/payments/begin-operation/begin-operation.ts';
import { fail } from '../../../functions/payments/fail/fail.ts';
import { capture } from '../../../functions/providers/capture/capture.ts';
import { charge } from '../../../functions/providers/charge/charge.ts';
import { refund } from '../../../functions/providers/refund/refund.ts';
import { assessRisk } from '../../../functions/risk/assess-risk/assess-risk.ts';
import { stages } from '../../../infra/stages.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import type { Refusal } from '../../../shared/domain/saga/refusal.ts';
import type { AdvanceDependencies } from '../../../shared/runtime/advance.ts';
import { sagaTask, type TaskCommand, type TaskInput } from '../../../shared/runtime/saga-task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { aBegun, anAsked, aPsp } from '../../support/payments/operations.ts';
import { anAccepted, aReserved, routes } from '../../support/payments/reserved.ts';
import { answeringPsp } from '../../support/psp/answering-psp.ts';
import { providersOf } from '../../support/psp/providers.ts';
import type { Job } from './job.ts';
import { sagaTaskOf } from './powertools.ts';

const stage = stages.prod;
const terms = { plans: stage.feePlans, authorizationWindowMs: stage.authorizationWindowMs };

/** Where a payment is when a task of its saga is called. */
interface Before {
  readonly load: () => Promise<Payment>;
  readonly command: TaskCommand;
}

/**
 * The job of a task: the payment is where it was at each call, and each change of it is written. The
 * number of a call is in the payment's id, by which Powertools knows it from the others.
 */
async function job(
  name: string,
  { load, command }: Before,
  useCase: (deps: AdvanceDependencies) => (command: TaskCommand) => Promise<void>,
): Promise<Job> {
  // What the machine calls its execution is kept by another name.
  const owner = derivedId('execution', command.execution);
  const text = JSON.stringify(await load()).replaceAll(`"${command.execution}"`, `"${owner}"`);
  const payment = JSON.parse(text) as Payment;
  const done = useCase({
    load: async () => payment,
    append: async () => 'written',
    nextStamp: stampNow,
  });
  return {
    name,
    house: sagaTask(done),
    powertools: sagaTaskOf(done),
    event: (index): TaskInput => ({
      payment_id: derivedId('payment', name, String(index)),
      operation_id: command.operationId,
      tenant: payment.tenant,
      correlation_id: 'bench',
      execution: command.execution,
      retries: command.retries,
      error: command.error,
    }),
    check: (answer) => {
      if (JSON.stringify(answer) !== '{}') {
        throw new Error(`${name} answered ${JSON.stringify(answer)}`);
      }
    },
  };
}

const approving = providersOf(
  answeringPsp({
    charge: [
      {
        kind: 'approved',
        providerReference: 'ch_1',
        amountMinor: 10_000,
        currency: 'EUR',
        captured: true,
        authorizedUntil: null,
      },
    ],
  }).provider,
);

/** The tasks of a payment that is captured, refused, captured by hand, and refunded. */
export async function taskJobs(): Promise<readonly Job[]> {
  const refused: Refusal['name'] = 'Declined';
  const reserved = await aReserved();
  const { providers } = aPsp();
  return Promise.all([
    job('risk-assess-risk', await anAccepted(), (deps) =>
      assessRisk({ ...deps, rules: stage.riskRules }),
    ),
    job('ledger-reserve', await anAccepted(), (deps) => reserve({ ...deps, providers: routes })),
    job('providers-charge', reserved, (deps) =>
      charge({ ...deps, ...terms, providers: approving }),
    ),
    job(
      'ledger-release',
      { ...reserved, command: { ...reserved.command, error: refused } },
      release,
    ),
    job('payments-fail', await anAccepted(), fail),
    job('payments-begin-operation', await anAsked('capture'), beginOperation),
    job('providers-capture', await aBegun('capture'), (deps) =>
      capture({ ...deps, plans: terms.plans, providers }),
    ),
    job('ledger-hold-refund', await anAsked('refund'), holdRefund),
    job('providers-refund', await aBegun('refund'), (deps) => refund({ ...deps, providers })),
  ]);
}
