import type { OrderInquiry, OrderOutcome, TransferOrder } from '../../shared/ports/payouts/bank.ts';

/**
 * What the bank does with a call: `lost` is an answer that does not come, of an order that arrived or
 * of one that did not; `late` is one that arrives when nobody waits for its answer any more.
 */
export type Call = 'take' | 'take lost' | 'decline' | 'busy' | 'lost' | 'late';

/** Whether an inquiry has an answer. */
export type Asked = 'ok' | 'no answer';

/**
 * A bank that keeps to its first answer for an order, and tells of one that it took at once. What its
 * calls and inquiries do not say it does right.
 */
export function lyingBank({
  calls,
  inquiries,
  tell,
  later,
}: {
  readonly calls: readonly Call[];
  readonly inquiries: readonly Asked[];
  /** Of an order that it took. */
  readonly tell: (order: TransferOrder) => void;
  /** Lets an order arrive later. */
  readonly later: (order: TransferOrder, arrive: () => void) => void;
}) {
  const orders = new Set<string>();
  const declined = new Set<string>();
  const sends: string[] = [];
  let asked = 0;
  const take = (order: TransferOrder): void => {
    const id = order.operationId;
    if (!orders.has(id) && !declined.has(id)) {
      orders.add(id);
      tell(order);
    }
  };
  const send = async (order: TransferOrder): Promise<OrderOutcome> => {
    const id = order.operationId;
    const call = calls[sends.push(id) - 1] ?? 'take';
    // What stands before a bank may throttle a repeated order as well, or lose its answer.
    if (call === 'busy') {
      return { kind: 'busy', reason: '429' };
    }
    if (call === 'late') {
      later(order, () => take(order));
    }
    if (call === 'lost' || call === 'late') {
      return { kind: 'unknown', reason: 'no answer' };
    }
    if (declined.has(id) || (call === 'decline' && !orders.has(id))) {
      declined.add(id);
      return { kind: 'declined', code: 'account_closed', message: 'No.' };
    }
    take(order);
    return call === 'take lost'
      ? { kind: 'unknown', reason: 'no answer' }
      : { kind: 'accepted', bankReference: 'bt_1' };
  };
  const inquire = async ({ operationId: id }: TransferOrder): Promise<OrderInquiry> => {
    if (inquiries[asked++] === 'no answer') {
      return { kind: 'unavailable', reason: 'no answer' };
    }
    if (declined.has(id)) {
      return { kind: 'declined', code: 'account_closed', message: 'No.' };
    }
    return orders.has(id) ? { kind: 'accepted', bankReference: 'bt_1' } : { kind: 'not_found' };
  };
  return { send, inquire, orders: orders as ReadonlySet<string>, sends };
}
