import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PaymentEvent } from '../shared/contracts/events/payment-events.ts';
import { type LedgerEntryResource, TrialBalance } from '../shared/contracts/ledger.ts';
import type { PaymentResource } from '../shared/contracts/payment.ts';
import { formatMinor } from '../shared/domain/money/currency.ts';

/** Where the demo sends its payment, and where it writes what it sees. */
export interface DemoContext {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly log: (line: string) => void;
}

const settleWithinMs = 45_000;
const pollEveryMs = 100;

/**
 * Sends one real payment over HTTP and prints it as it moves: each event with its time, then the
 * ledger's postings and the trial balance.
 *
 * @throws Error when the payment is refused, does not settle in 45 s, or the books do not balance
 */
export async function runDemo({ apiUrl, apiKey, log }: DemoContext): Promise<void> {
  const call = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(`${apiUrl}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${apiKey}`, ...init?.headers },
    });
    if (!response.ok) {
      throw new Error(
        `${init?.method ?? 'GET'} ${path} answered ${response.status}: ${await response.text()}`,
      );
    }
    return (await response.json()) as T;
  };
  const started = performance.now();
  const payment = await call<PaymentResource>('/payments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ amount: 10_000, currency: 'EUR', payment_method: 'tok_approve' }),
  });
  log(
    `POST /payments   ${formatMinor(payment.amount, payment.currency)}   -> ${payment.status}, ${elapsed(started)}`,
  );
  log(`  payment ${payment.id}`);
  await until(eventPrinter(call, payment.id, log), 'the payment did not settle');
  log('');
  log('Ledger');
  const entries = await until(
    () => entriesOf(call, payment),
    'the ledger did not show the postings of the payment',
  );
  for (const entry of entries) {
    log(
      `  ${entry.time}  ${entry.posting.padEnd(11)} ${entry.kind.padEnd(12)} ${debitCredit(entry).padEnd(36)} ${formatMinor(entry.amount, entry.currency)}`,
    );
  }
  await until(async () => {
    const { currencies } = TrialBalance.parse(await call('/ledger/trial-balance'));
    const unbalanced = currencies.filter(({ difference }) => difference !== 0n);
    if (unbalanced.length > 0) {
      const which = unbalanced.map(({ currency, difference }) => `${currency} by ${difference}`);
      throw new Error(`the books do not balance: ${which.join(', ')}`);
    }
    const book = currencies.find(({ currency }) => currency === payment.currency);
    if (!book || book.debits_posted < payment.amount) {
      return null;
    }
    log(
      `  trial balance ${book.currency}: debits ${book.debits_posted} = credits ${book.credits_posted}, difference ${book.difference}`,
    );
    return true;
  }, 'the trial balance did not take the payment in');
  log('');
  log(`npm run payments -- explain ${payment.id}   tells all of it on one time line`);
}

type Call = <T>(path: string, init?: RequestInit) => Promise<T>;

/** Prints, at each call, the events that are new since the last; true once the payment has settled. */
function eventPrinter(call: Call, id: string, log: (line: string) => void) {
  let printed = 0;
  return async (): Promise<true | null> => {
    const data = await allEvents(call, id);
    for (const event of data.slice(printed)) {
      log(`  ${event.time}  ${event.type.padEnd(30)} ${describe(event)}`);
    }
    printed = data.length;
    return data.at(-1)?.data.payment.status === 'processing' ? null : true;
  };
}

async function allEvents(call: Call, id: string): Promise<PaymentEvent[]> {
  const events: PaymentEvent[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor && `?cursor=${cursor}`;
    const page: { readonly data: PaymentEvent[]; readonly next_cursor: string | null } = await call(
      `/payments/${id}/events${query}`,
    );
    events.push(...page.data);
    cursor = page.next_cursor;
  }
  return events;
}

/** What is worth a word of an event's facts. */
function describe(event: PaymentEvent): string {
  const { payment } = event.data;
  switch (event.type) {
    case 'payment.reserved':
      return `${formatMinor(event.data.amount, payment.currency)} pending in the ledger`;
    case 'payment.captured':
      return `${formatMinor(event.data.amount, payment.currency)} at ${event.data.provider}, fee ${formatMinor(event.data.fee, payment.currency)}`;
    case 'payment.failed':
      return `${event.data.code}: ${event.data.message}`;
    default:
      return payment.status;
  }
}

/** The payment's entries, oldest first, once its capture and its fee are there. */
async function entriesOf(
  call: Call,
  payment: PaymentResource,
): Promise<LedgerEntryResource[] | null> {
  const { data } = await call<{ data: LedgerEntryResource[] }>(
    `/ledger/accounts/merchant_payable.${payment.currency}/entries?limit=20`,
  );
  const own = data.filter(({ payment_id }) => payment_id === payment.id).reverse();
  return own.some(({ posting }) => posting === 'fee') ? own : null;
}

function debitCredit(entry: LedgerEntryResource): string {
  const [account, counter] = [entry.account, entry.counter_account].map((id) => id.split('.')[0]);
  return entry.direction === 'debit' ? `${account} -> ${counter}` : `${counter} -> ${account}`;
}

async function until<T>(ask: () => Promise<T | null>, otherwise: string): Promise<T> {
  const deadline = performance.now() + settleWithinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) {
      return answer;
    }
    if (performance.now() > deadline) {
      throw new Error(`${otherwise} in ${settleWithinMs / 1_000} s`);
    }
    await delay(pollEveryMs);
  }
}

function elapsed(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(2)} s`;
}
