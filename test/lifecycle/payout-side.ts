import { takePayout } from '../../functions/payments/take-notice/payout.ts';
import { createPayout } from '../../functions/payouts/api/create.ts';
import type { MemoryLedger } from '../../shared/adapters/memory/ledger.ts';
import { memoryOperatorLog } from '../../shared/adapters/memory/operator-log.ts';
import { memoryPayoutStore } from '../../shared/adapters/memory/payments/payout-store.ts';
import type { Payout } from '../../shared/domain/payout/state.ts';
import { sagas } from '../../shared/domain/saga/sagas.ts';
import type { OrderOutcome } from '../../shared/ports/payouts/bank.ts';
import { Poison } from '../../shared/runtime/consumers/queue-consumer.ts';
import { Headers } from '../../shared/runtime/http/request.ts';
import type { NextStamp } from '../../shared/runtime/stamp.ts';
import { anHttpRequest } from '../support/api/requests.ts';
import { runSaga } from '../support/sagas/saga-runner.ts';
import type { Command } from './commands.ts';
import { payoutTasks } from './payout-tasks.ts';
import type { Fate } from './world.ts';

/** What a bank says to an order, by the mood that it is in. */
const outcomes: Readonly<Record<Command['mood'], OrderOutcome>> = {
  works: { kind: 'accepted', bankReference: 'b_1' },
  declines: { kind: 'declined', code: 'account_closed', message: 'No.' },
  'busy once': { kind: 'accepted', bankReference: 'b_1' },
  busy: { kind: 'busy', reason: '429' },
  'never answers': { kind: 'unknown', reason: 'no answer' },
  'loses its answer': { kind: 'unknown', reason: 'no answer' },
};

/** The payouts of a world: what is asked for, and what its bank tells. */
export function payoutSide(tenant: string, ledger: MemoryLedger, nextStamp: NextStamp) {
  const payouts = memoryPayoutStore(ledger);
  const deps = { ...payouts, nextStamp };
  const create = createPayout({ ...deps, log: memoryOperatorLog().append });
  const take = takePayout(deps);
  let mood: Command['mood'] = 'works';
  const tasks = payoutTasks({ store: payouts, nextStamp, send: async () => outcomes[mood] });
  return {
    payouts,
    /** Asks for so many payouts of a share of what is available, all at once; their ids. */
    payOut: async (
      command: Pick<Command, 'share' | 'currency' | 'mood'>,
      keys: readonly string[],
    ): Promise<readonly string[]> => {
      const { currency } = command;
      const { availableMinor } = await ledger.readLimited(tenant, currency, 'merchant_available');
      const amount = Math.max(1, Math.floor(Number(availableMinor) * (command.share ?? 1)));
      if (amount > 10 ** 12) {
        return [];
      }
      mood = command.mood;
      const made = await Promise.all(
        keys.map((key) =>
          create({
            ...anHttpRequest({
              headers: new Headers({ headers: { 'Idempotency-Key': key }, multiValueHeaders: {} }),
            }),
            body: { amount, currency, destination: 'ba_approve', metadata: {} },
          }),
        ),
      );
      const ids = made.map(({ body }) => (body as { id: string }).id);
      await Promise.all(
        ids.map((id) => runSaga(sagas.payout, tasks, { paymentId: id, execution: `e ${id}` })),
      );
      return ids;
    },
    /** Tells that a payout arrived, or came back. */
    tellOfPayout: async (payout: Payout, arrived: boolean): Promise<Fate> => {
      try {
        await take({
          id: `nt_${payout.id}`,
          provider: 'bank',
          time: nextStamp().time,
          type: arrived ? 'payout.paid' : 'payout.failed',
          data: {
            reference: payout.id,
            bank_reference: payout.order?.reference ?? 'b_1',
            amount: payout.request.amount,
            currency: payout.request.currency,
            failure: arrived ? null : { code: 'account_closed', message: 'No.' },
          },
        });
        return 'taken';
      } catch (error) {
        if (error instanceof Poison) {
          return 'refused';
        }
        throw error;
      }
    },
  };
}
