import { requestOperation } from '../../functions/payments/request-operation/request-operation.ts';
import { sweepPayments } from '../../functions/payments/sweep/sweep.ts';
import { memoryApprovals } from '../../shared/adapters/memory/access/approvals.ts';
import { memoryLedger } from '../../shared/adapters/memory/ledger.ts';
import { memoryBooks } from '../../shared/adapters/memory/ledger-books.ts';
import { memoryPaymentStore } from '../../shared/adapters/memory/payments/payment-store.ts';
import { memorySettlements } from '../../shared/adapters/memory/settlement/settlements.ts';
import { ApiError } from '../../shared/contracts/errors.ts';
import type { AcceptedPaymentRequest } from '../../shared/contracts/payment.ts';
import type { Transfer } from '../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../shared/domain/money/currency.ts';
import type { Operation, OperationKind } from '../../shared/domain/payment/operations/operation.ts';
import type { Payment } from '../../shared/domain/payment/state.ts';
import { sagas } from '../../shared/domain/saga/sagas.ts';
import { settledBy } from '../../shared/domain/settlement/sides.ts';
import { Headers } from '../../shared/runtime/http/request.ts';
import { anHttpRequest } from '../support/api/requests.ts';
import { anAcceptedPayment, countingStamps } from '../support/payments/payments.ts';
import { memoryPsp } from '../support/psp/memory-psp.ts';
import { providersOf } from '../support/psp/providers.ts';
import { operationTasks, paymentTasks } from '../support/sagas/pipeline.ts';
import { runSaga } from '../support/sagas/saga-runner.ts';
import type { Command } from './commands.ts';
import { disputeSide } from './dispute-side.ts';
import { inquirySide, unknownsOf } from './inquiry-side.ts';
import { payoutSide } from './payout-side.ts';
import { settleEntry } from './settle.ts';

const tenant = 'acme';
const dayMs = 24 * 60 * 60 * 1_000;

export type NextCustomer = () => Promise<AcceptedPaymentRequest['customer']>;

/** What came of a command: whether it was taken, refused by the rules, or there was nothing to do it to. */
export type Fate = 'taken' | 'refused' | 'nothing';

/**
 * The pipeline in one process: the real use cases and the real saga tables over the in-memory
 * adapters, a PSP and a bank that keep their own books, and a clock that goes on when it is told to.
 *
 * @param customer of the next payment; none unless told otherwise
 */
export function lifecycleWorld(customer: NextCustomer = async () => null) {
  const ledger = memoryLedger();
  const payments = memoryPaymentStore(ledger);
  const settlements = memorySettlements(ledger);
  const books = memoryBooks();
  const psp = memoryPsp();
  const stamp = countingStamps();
  let skippedMs = 0;
  const nextStamp = () => {
    const { time, eventId } = stamp();
    return { time: new Date(Date.parse(time) + skippedMs).toISOString(), eventId };
  };
  const deps = { ...payments, approvals: memoryApprovals(), nextStamp, pause: async () => {} };
  const ports = { store: payments, providers: providersOf(psp.provider), nextStamp };
  const tasks = { ...paymentTasks(ports), ...operationTasks(ports) };
  const ask = {
    capture: requestOperation(deps, 'capture'),
    cancel: requestOperation(deps, 'cancel'),
    refund: requestOperation(deps, 'refund'),
  };
  const sweep = sweepPayments({ ...deps, terms: { stuckAfterMs: 600_000 } });
  const inquireOf = inquirySide(ports);
  const tellOfDispute = disputeSide(deps);
  const side = payoutSide(tenant, ledger, nextStamp);
  const ids: string[] = [];
  const payoutIds: string[] = [];
  const requests: (() => Promise<Fate>)[] = [];
  const settledEntries = new Set<string>();
  let disputes = 0;
  let folded = 0;
  let keys = 0;

  const pickFrom = <T>(from: readonly T[], pick: number): T | undefined =>
    from[pick % Math.max(1, from.length)];
  const headers = (key: string) =>
    new Headers({ headers: { 'Idempotency-Key': key }, multiValueHeaders: {} });

  async function payment(id: string | undefined): Promise<Payment | null> {
    return id === undefined ? null : payments.load(id);
  }

  /** Starts what was asked for and not begun, or begins anew, as the stream does. */
  async function runSagas(id: string): Promise<void> {
    const own = await payment(id);
    if (own?.status === 'processing' && own.progress.resumed) {
      const execution = `e ${own.progress.resumes}`;
      await runSaga(sagas.payment, tasks, { paymentId: id, execution });
    }
    const open = ({ status, execution, progress }: Operation) =>
      status === 'processing' && (execution === null || progress.resumed);
    for (const operation of (await payment(id))?.operations.filter(open) ?? []) {
      await runSaga(sagas[operation.kind], tasks, {
        paymentId: id,
        operationId: operation.id,
        execution: `e ${operation.id} ${operation.progress.resumes}`,
      });
    }
  }

  async function request(
    kind: OperationKind,
    id: string,
    key: string,
    body: { amount: number | null; final: boolean; reason: null },
  ): Promise<Fate> {
    try {
      const { amount, final, reason } = body;
      const asked = anHttpRequest({ path: { payment_id: id }, headers: headers(key) });
      const answer = await {
        capture: () => ask.capture({ ...asked, body: { amount, final } }),
        cancel: () => ask.cancel({ ...asked, body: { reason } }),
        refund: () => ask.refund({ ...asked, body: { amount, reason } }),
      }[kind]();
      return answer.status === 202 ? 'taken' : 'nothing';
    } catch (error) {
      if (error instanceof ApiError) {
        return 'refused';
      }
      throw error;
    }
  }

  const commands: Record<Command['kind'], (command: Command) => Promise<Fate>> = {
    pay: async ({ amountMinor, currency, flag, mood }) => {
      const capture_method = flag ? 'automatic' : 'manual';
      const accepted = anAcceptedPayment(
        nextStamp,
        { amount: amountMinor, currency, capture_method, customer: await customer() },
        { tenant, key: String(++keys) },
      );
      await payments.accept(accepted);
      ids.push(accepted.after.id);
      psp.feel(mood);
      await runSaga(sagas.payment, tasks, { paymentId: accepted.after.id, execution: 'e' });
      return 'taken';
    },
    capture: async (command) => operate('capture', command, 1),
    cancel: async (command) => operate('cancel', command, 1),
    begin: async ({ mood }) => {
      psp.feel(mood);
      for (const id of ids) {
        await runSagas(id);
      }
      return 'taken';
    },
    refund: async (command) => operate('refund', command, 1),
    'refund twice': async (command) => operate('refund', command, 2),
    again: async ({ pick }) => (await pickFrom(requests, pick)?.()) ?? 'nothing',
    expire: async ({ mood }) => {
      skippedMs += 4 * dayMs;
      const { expired } = await sweep();
      psp.feel(mood);
      for (const id of ids) {
        await runSagas(id);
      }
      return expired > 0 ? 'taken' : 'nothing';
    },
    inquire: async ({ pick, flag, mood }) => {
      const unknown = [...(await Promise.all(ids.map(payment)))].filter(
        (of): of is Payment => of !== null && unknownsOf(of).length > 0,
      );
      const of = pickFrom(unknown, pick);
      if (!of) {
        return 'nothing';
      }
      // Sometimes within the settle window, and sometimes for the last time.
      skippedMs += flag ? 2 * 3_600_000 : 0;
      psp.feel(mood);
      const fate = await inquireOf(of, pick % 3);
      psp.feel('works');
      await runSagas(of.id);
      return fate;
    },
    dispute: async ({ pick, share }) => {
      const of = await payment(pickFrom(ids, pick));
      return of ? tellOfDispute(of, `dp_${++disputes}`, share, 'dispute.opened') : 'nothing';
    },
    'dispute end': async ({ pick, flag }) => {
      for (const id of ids) {
        const of = await payment(id);
        const known = of && pickFrom(of.disputes, pick);
        if (known) {
          return tellOfDispute(of, known.id, null, flag ? 'dispute.won' : 'dispute.lost');
        }
      }
      return 'nothing';
    },
    settle: async ({ pick }) => {
      const due = ledger
        .transfers()
        .filter(({ posting, id }) => settledBy[posting] && !settledEntries.has(id));
      const entry = pickFrom(due, pick);
      if (!entry) {
        return 'nothing';
      }
      settledEntries.add(entry.id);
      return settleEntry(
        { ledger, payments, settlements, nextStamp },
        entry,
        settledEntries.size + 1,
      );
    },
    payout: async (command) => payOut(command, 1),
    'payout twice': async (command) => payOut(command, 2),
    'payout end': async ({ pick, flag }) => {
      const id = pickFrom(payoutIds, pick);
      const payout = id === undefined ? null : await side.payouts.load(id);
      return payout ? side.tellOfPayout(payout, flag) : 'nothing';
    },
    fold: async ({ pick }) => {
      const records = ledger.transfers().slice(folded, folded + 1 + pick);
      await fold(records);
      return records.length > 0 ? 'taken' : 'nothing';
    },
  };

  async function operate(
    kind: OperationKind,
    { pick, share, flag, mood }: Command,
    times: number,
  ): Promise<Fate> {
    const of = await payment(pickFrom(ids, pick));
    if (!of) {
      return 'nothing';
    }
    const amount = share === null ? null : Math.max(1, Math.floor(of.request.amount * share));
    const sent = Array.from({ length: times }, () => {
      const key = String(++keys);
      return () => request(kind, of.id, key, { amount, final: flag, reason: null });
    });
    const fates = await Promise.all(sent.map((send) => send()));
    requests.push(...sent);
    // The stream brings some at once, and some only after something else has happened.
    if (pick % 2 === 0) {
      psp.feel(mood);
      await runSagas(of.id);
    }
    return fates.includes('taken') ? 'taken' : 'refused';
  }

  async function payOut(command: Command, times: number): Promise<Fate> {
    const made = await side.payOut(
      command,
      Array.from({ length: times }, () => String(++keys)),
    );
    payoutIds.push(...made);
    return made.length > 0 ? 'taken' : 'nothing';
  }

  async function fold(records: readonly Transfer[]): Promise<void> {
    const shardId = `shard-${folded % 2}`;
    const numbered = records.map((transfer, index) => ({
      transfer,
      sequence: String(folded + index + 1),
    }));
    folded += records.length;
    for (const [currency, transfers] of Map.groupBy(numbered, (r) => r.transfer.currency)) {
      await books.fold({ tenant, currency: currency as Currency, shardId, transfers });
    }
  }

  return {
    tenant,
    ledger,
    payments,
    payouts: side.payouts,
    books,
    psp,
    paymentIds: ids as readonly string[],
    payoutIds: payoutIds as readonly string[],
    foldedTransfers: () => ledger.transfers().slice(0, folded),
    foldAll: () => fold(ledger.transfers().slice(folded)),
    carryOut: (command: Command): Promise<Fate> => commands[command.kind](command),
  };
}

export type LifecycleWorld = ReturnType<typeof lifecycleWorld>;
