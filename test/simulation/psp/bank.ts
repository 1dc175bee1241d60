import type { Currency } from '../../../shared/domain/money/currency.ts';
import type { Bank, OrderInquiry, OrderOutcome } from '../../../shared/ports/payouts/bank.ts';
import type { Core } from '../kernel/process.ts';
import { type Arrived, type Liar, liar } from './liar.ts';
import type { Tell } from './notices.ts';

type BankVerdict = Exclude<OrderOutcome, { kind: 'busy' | 'unknown' }>;

/** An order in the bank's own books. */
export interface BankOrder {
  /** Our payout id. */
  readonly reference: string;
  readonly amountMinor: number;
  readonly currency: string;
  status: 'in_transit' | 'paid' | 'came back';
}

/** The merchants' bank: its books, by which we are judged, and what it does when it is called. */
export interface SimulatedBank
  extends Pick<Liar<BankVerdict>, 'arrived' | 'effects' | 'calls' | 'misuse'> {
  /** By our payout id. */
  readonly orders: ReadonlyMap<string, BankOrder>;
  readonly bank: Bank;
}

/** A bank that keeps its own books: it takes an order once, and some time later says what became of it. */
export function simulatedBank(
  core: Core,
  {
    settleWindowMs,
    epochMs,
    nameOf,
    tell,
  }: {
    readonly settleWindowMs: number;
    readonly epochMs: number;
    readonly nameOf: ReadonlyMap<string, string>;
    readonly tell: Tell;
  },
): SimulatedBank {
  const { dice, kernel, timeline } = core;
  const orders = new Map<string, BankOrder>();

  const settle = ({ id, verdict }: Arrived<BankVerdict>) => {
    const order = orders.get(id);
    if (!order || verdict.kind === 'declined') {
      return;
    }
    const key = `order of ${nameOf.get(id) ?? id}`;
    kernel.after(dice.int(key, 50, 1_800_000), key, () => {
      const isPaid = dice.chance(`${key} arrives`, 0.75);
      order.status = isPaid ? 'paid' : 'came back';
      timeline.say('bank', `order ${id} is ${order.status}`);
      tell(
        {
          id: `bn_${id}`,
          provider: 'bank',
          time: new Date(epochMs + kernel.now()).toISOString(),
          type: isPaid ? 'payout.paid' : 'payout.failed',
          data: {
            reference: id,
            bank_reference: verdict.bankReference,
            amount: order.amountMinor,
            currency: order.currency as Currency,
            failure: isPaid ? null : { code: 'account_closed', message: 'The account is closed.' },
          },
        },
        { key, mayBeLost: false, contrary: isPaid ? 'payout.failed' : 'payout.paid' },
      );
    });
  };
  const books = liar<BankVerdict>(core, 'bank', settleWindowMs, nameOf, settle);

  return {
    orders,
    arrived: books.arrived,
    effects: books.effects,
    calls: books.calls,
    misuse: books.misuse,
    bank: {
      name: 'bank',
      send: async (order) =>
        books.call({ id: order.operationId, what: 'send', request: order }, (fault) => {
          if (fault === 'psp_declines') {
            return { kind: 'declined', code: 'account_closed', message: 'No.' };
          }
          const { reference, amountMinor, currency } = order;
          orders.set(reference, { reference, amountMinor, currency, status: 'in_transit' });
          return { kind: 'accepted', bankReference: `bt_${reference}` };
        }),
      inquire: async ({ operationId }): Promise<OrderInquiry> => books.inquire(operationId),
    },
  };
}
