import { setTimeout as delay } from 'node:timers/promises';
import { functionSpecs } from '../../../functions/index.ts';
import { auditLedger } from '../../../shared/domain/audit/audit.ts';
import { canClose } from '../../../shared/domain/payment/operations/operation.ts';
import { parkedOf } from '../../../shared/domain/payment/recovery/parked.ts';
import { isTerminal, type Payment } from '../../../shared/domain/payment/state.ts';
import { inquiryNames } from '../../../shared/domain/saga/inquiry.ts';
import type { ScheduleName } from '../../../shared/runtime/function-spec.ts';
import type { ChaosStack } from './chaos-stack.ts';
import { type Merchants, requestOf } from './driver.ts';
import { auditSourcesOf, depthOf, runningExecutions, scan, workQueuesOf } from './looks.ts';

const lookEveryMs = 4_000;
/** EventBridge's clock runs them once a minute at the most; a run has no time to wait for it. */
const sweepEveryMs = 15_000;
/** They read everything. */
const readEveryMs = 60_000;
/** So often a merchant tries to capture or to cancel what is only authorized. */
const maxClosings = 8;

const schedules: Readonly<Partial<Record<ScheduleName, number>>> = {
  'sweep-payments': sweepEveryMs,
  'sweep-payouts': sweepEveryMs,
  republish: readEveryMs,
  audit: readEveryMs,
};

/**
 * Waits until nothing moves any more: every payment has ended or is parked, the queues are empty but for
 * dead letters, no saga runs, every transfer is folded and every row of the list is up to date.
 * Meanwhile it does what the clock does, and what merchants do about authorizations.
 *
 * @returns what is left when the time is over; empty when all is quiet
 */
export async function waitForQuiet(
  stack: ChaosStack,
  merchants: Merchants,
  { withinMs, say }: { readonly withinMs: number; readonly say: (line: string) => void },
): Promise<readonly string[]> {
  const deadline = performance.now() + withinMs;
  const closings = new Map<string, number>();
  const ran = new Map<string, number>();
  for (;;) {
    await runSchedules(stack, ran);
    const left = await whatIsLeft(stack, (payment) => close(merchants, payment, closings)).catch(
      // The emulator is under load: it is asked again.
      (error: Error) => [`a look failed: ${error.message}`],
    );
    if (left.length === 0 || performance.now() > deadline) {
      return left;
    }
    say(left.slice(0, 6).join('; '));
    await delay(lookEveryMs);
  }
}

/** Calls what runs by the clock, when it is its time. A run that fails has its next one. */
async function runSchedules({ invoke }: ChaosStack, ran: Map<string, number>): Promise<void> {
  for (const { name, trigger } of functionSpecs) {
    const everyMs = trigger.kind === 'schedule' ? schedules[trigger.schedule] : undefined;
    if (everyMs !== undefined && performance.now() >= (ran.get(name) ?? 0) + everyMs) {
      ran.set(name, performance.now());
      await invoke(name, { id: name, 'detail-type': 'Scheduled Event' }).catch(() => undefined);
    }
  }
}

async function whatIsLeft(
  stack: ChaosStack,
  closing: (payment: Payment) => Promise<void>,
): Promise<string[]> {
  const payments: Payment[] = [];
  const payouts: string[] = [];
  for await (const { pk, data } of scan(stack, 'PaymentsTableName', 'STATE')) {
    if (pk?.S?.startsWith('PAYMENT#')) {
      payments.push(JSON.parse(data?.S ?? ''));
    } else if (isPayoutOpen(JSON.parse(data?.S ?? ''))) {
      payouts.push(pk?.S ?? '');
    }
  }
  const open = payments.filter(isOpen);
  for (const payment of open) {
    await closing(payment);
  }
  const queues = await workQueuesOf(stack);
  const depths = await Promise.all(queues.map(({ url }) => depthOf(stack, url)));
  const running = await runningExecutions(stack);
  const inquiries: readonly string[] = inquiryNames;
  const left = [
    ...(open.length > 0 ? [`${open.length} payments are open: ${describeOpen(open)}`] : []),
    ...(payouts.length > 0 ? [`${payouts.length} payouts are open`] : []),
    ...queues.flatMap(({ name }, index) =>
      depths[index] ? [`${depths[index]} messages in ${name}`] : [],
    ),
    ...[...running]
      .filter(([name, count]) => count > 0 && !inquiries.includes(name))
      .map(([name, count]) => `${count} executions of ${name}`),
  ];
  return left.length > 0 ? left : whatIsBehind(stack, payments);
}

/** What follows the payments, and is not where they are. */
async function whatIsBehind(stack: ChaosStack, payments: readonly Payment[]): Promise<string[]> {
  const rows = await rowsOf(stack);
  const behind = payments.filter(({ id, version }) => rows.get(id) !== version);
  const started = new Date().toISOString();
  const { notYetFolded } = await auditLedger(auditSourcesOf(stack), {
    started,
    isOutOfTime: () => false,
  });
  return [
    ...(behind.length > 0 ? [`${behind.length} rows of the list are behind`] : []),
    ...(notYetFolded > 0 ? [`${notYetFolded} transfers are in no book`] : []),
  ];
}

/** The version of each payment's row in the list. */
export async function rowsOf(stack: ChaosStack): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  for await (const { sk, version } of scan(stack, 'PaymentListTableName')) {
    rows.set(sk?.S?.split('#')[1] ?? '', Number(version?.N));
  }
  return rows;
}

function isUnderWay({ status, parked }: Payment['operations'][number]): boolean {
  return status === 'processing' && parked === null;
}

/** True while something of a payment still has to come, or a merchant has to ask for its end. */
function isOpen(payment: Payment): boolean {
  const waits = parkedOf(payment).length > 0;
  return payment.operations.some(isUnderWay) || !(isTerminal(payment.status) || waits);
}

function isPayoutOpen(payout: { status: string; parked?: object | null }): boolean {
  return payout.status === 'processing' && !payout.parked;
}

function describeOpen(open: readonly Payment[]): string {
  const counts = new Map<string, number>();
  for (const { status, operations, unknown } of open) {
    const under = operations
      .filter(isUnderWay)
      .map(({ kind, unknown: dark }) => `${kind}${dark ? ' unknown' : ''}`);
    const what = [`${status}${unknown ? ' unknown' : ''}`, ...under].join(' + ');
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${count} ${what}`).join(', ');
}

/** Captures what is authorized, or cancels it when that has failed, and the other way round. */
async function close(
  { ask }: Merchants,
  payment: Payment,
  closings: Map<string, number>,
): Promise<void> {
  const { id, tenant, status } = payment;
  const isAuthorized = status === 'authorized' || status === 'partially_captured';
  const tried = closings.get(id) ?? 0;
  if (!isAuthorized || !canClose(payment) || tried >= maxClosings) {
    return;
  }
  closings.set(id, tried + 1);
  const first = Number.parseInt(id.charAt(0), 16);
  const kind = (first + tried) % 2 === 0 ? 'capture' : 'cancel';
  const action = { kind, share: null, final: kind === 'capture' } as const;
  await ask(
    requestOf(action, { tenant, id, key: `close-${tried}`, amount: payment.request.amount }),
  );
}
