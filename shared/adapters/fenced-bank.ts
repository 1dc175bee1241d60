import type { Bank } from '../ports/payouts/bank.ts';
import { fenced } from '../runtime/replay/replay.ts';

/** The bank, which throws `ReplayFenced` in a replay that may not leave the account: nothing was sent. */
export function fencedBank({ name, send, inquire }: Bank): Bank {
  return {
    name,
    send: fenced('an order to the bank', send),
    inquire: fenced('an inquiry at the bank', inquire),
  };
}
