import {
  type AccountCode,
  accountCodes,
  chartOfAccounts,
  limitOf,
} from '../../shared/domain/ledger/accounts.ts';
import { balanceOf, deltasOf } from '../../shared/domain/ledger/book.ts';
import { type ChainLink, verifyChain } from '../../shared/domain/ledger/chain.ts';
import { postingsOf } from '../../shared/domain/ledger/postings.ts';
import { trialBalance } from '../../shared/domain/ledger/reports/trial-balance.ts';
import { effectOf, type Transfer, zeroCounters } from '../../shared/domain/ledger/transfer.ts';
import { applyEvent, factOf } from '../../shared/domain/payment/fold.ts';
import type { OperationKind } from '../../shared/domain/payment/operation.ts';
import {
  isTerminal,
  type Payment,
  renderPayment,
  transitions,
} from '../../shared/domain/payment/state.ts';
import type { LifecycleWorld } from './world.ts';

/**
 * Checks what has to hold after each thing that happens, by the numbers of the invariants of
 * docs/architecture.md. What nothing was written to since it was found right is not looked at again.
 */
export function invariantsOf(world: LifecycleWorld): () => Promise<void> {
  const checked = { payments: new Map<string, number>(), folded: -1, transfers: -1 };
  return async () => {
    const transfers = world.ledger.transfers();
    for (const id of world.paymentIds) {
      const payment = await world.payments.load(id);
      if (!payment) {
        throw new Error(`payment ${id} is gone`);
      }
      if (checked.payments.get(id) !== payment.version) {
        checkAmounts(payment);
        checkPsp(world, payment);
        const own = transfers.filter(({ paymentId }) => paymentId === id);
        await checkHistory(world, payment, own);
        checked.payments.set(id, payment.version);
      }
    }
    checkEffects(world);
    const folded = world.foldedTransfers().length;
    if (checked.folded !== folded) {
      await checkBooks(world);
      checked.folded = folded;
    }
    if (checked.transfers !== transfers.length) {
      checkLimits(world);
      checked.transfers = transfers.length;
    }
  };
}

/**
 * 2: 0 <= captured <= authorized, 0 <= refunded <= captured; and what is asked for beside is no more
 * than there is.
 */
function checkAmounts(payment: Payment): void {
  const { amountAuthorizedMinor, amountCapturedMinor, amountRefundedMinor } = payment;
  hold(0 <= amountCapturedMinor, 'captured less than nothing');
  hold(amountCapturedMinor <= amountAuthorizedMinor, 'captured more than authorized');
  hold(0 <= amountRefundedMinor, 'refunded less than nothing');
  hold(amountRefundedMinor <= amountCapturedMinor, 'refunded more than captured');
  const askedMinor = (kind: OperationKind) =>
    payment.operations
      .filter((operation) => operation.kind === kind && operation.status === 'processing')
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const heldMinor = payment.hold?.state === 'pending' ? payment.hold.amountMinor : 0;
  hold(askedMinor('capture') + askedMinor('cancel') <= heldMinor, 'more is asked for than is held');
  hold(
    amountRefundedMinor + askedMinor('refund') <= amountCapturedMinor,
    'more refunds are asked for than was captured',
  );
}

/** 4: what has ended holds nothing, and is at the PSP what it is here. */
function checkPsp({ psp }: LifecycleWorld, payment: Payment): void {
  const { status, operations } = payment;
  hold(!isTerminal(status) || payment.hold?.state !== 'pending', 'an end with a pending hold');
  const theirs = psp.totalsOf(payment.id) ?? { authorized: 0, captured: 0, voided: 0, refunded: 0 };
  const ended = status === 'captured' || status === 'canceled' || status === 'expired';
  const ours = {
    authorized: payment.amountAuthorizedMinor,
    captured: payment.amountCapturedMinor,
    voided: ended ? payment.amountAuthorizedMinor - payment.amountCapturedMinor : 0,
    refunded: payment.amountRefundedMinor,
  };
  // Nothing took effect of what is unknown: this PSP drops what it does not answer.
  hold(
    JSON.stringify(theirs) === JSON.stringify(ours),
    () => `the PSP has ${JSON.stringify(theirs)}, and we ${JSON.stringify(ours)}`,
  );
  for (const operation of operations) {
    hold(
      operation.status !== 'processing' || operation.unknown || operation.execution === null,
      `an operation that began is left in the middle: ${operation.kind}`,
    );
  }
}

/**
 * 6: one version a change, and no status out of a terminal one. And 4 again: the ledger has exactly
 * the postings that the events make.
 */
async function checkHistory(
  { payments }: LifecycleWorld,
  payment: Payment,
  transfers: readonly Transfer[],
): Promise<void> {
  const expected: Transfer[] = [];
  let before: Payment | null = null;
  for (const event of await payments.events(payment.id)) {
    const after: Payment = applyEvent(before, event, factOf(event));
    if (before) {
      expected.push(...postingsOf(before, factOf(event), event.time));
      const allowed = [before.status, ...transitions[before.status]];
      hold(allowed.includes(after.status), `${before.status} became ${after.status}`);
    }
    hold(after.version === (before?.version ?? 0) + 1, 'a version was left out');
    hold(
      JSON.stringify(renderPayment(after)) === JSON.stringify(event.data.payment),
      'an event shows another payment than it leaves',
    );
    before = after;
  }
  hold(JSON.stringify(before) === JSON.stringify(payment), 'the fold is not the state');
  const own = transfers.filter(({ posting }) => !settlementPostings.has(posting));
  hold(
    JSON.stringify(sorted(own)) === JSON.stringify(sorted(expected)),
    'the ledger has other postings than the events make',
  );
  const pending = own.reduce((sum, transfer) => sum + effectOf(transfer).pending, 0n);
  const held = payment.hold?.state === 'pending' ? payment.hold.amountMinor : 0;
  hold(pending === BigInt(held), 'another amount is pending than is held');
  checkAccounts(payment, own);
}

/** 4: what a payment has moved between the accounts is what became of it. */
function checkAccounts(payment: Payment, own: readonly Transfer[]): void {
  const { tenant, request, operations, disputes } = payment;
  const sum = (of: readonly number[]) => of.reduce((total, minor) => total + minor, 0);
  const inTransit = sum(operations.filter(({ held }) => held).map((o) => o.amountMinor));
  const chargedBack = sum(
    disputes.map((d) => d.feeMinor + (d.status === 'won' ? 0 : d.amountMinor)),
  );
  const receivable = payment.amountCapturedMinor - payment.amountRefundedMinor - chargedBack;
  const expected: Partial<Record<AccountCode, number>> = {
    psp_receivable: receivable,
    merchant_payable: receivable - payment.feesMinor - inTransit,
    fee_revenue: payment.feesMinor,
    refunds_in_transit: inTransit,
  };
  const deltas = deltasOf({ tenant, currency: request.currency }, own);
  for (const code of accountCodes) {
    const found = balanceOf(code, deltas[code] ?? zeroCounters);
    hold(
      found === BigInt(expected[code] ?? 0),
      () => `${code} is at ${found} by a payment that left ${expected[code] ?? 0}`,
    );
  }
}

/** Of a payment as well, but made by the settlement and not by its events. */
const settlementPostings: ReadonlySet<string> = new Set([
  'settled',
  'psp_fee',
  'settled_back',
  'made_available',
  'taken_back',
  'owed',
  'debt_paid',
]);

/** 3: at most one effect at the PSP by one operation id. */
function checkEffects({ psp }: LifecycleWorld): void {
  for (const [operation, effects] of psp.effects) {
    hold(effects === 1, `operation ${operation} took effect ${effects} times`);
  }
}

/** 1 and 12: the books balance, are what the folded transfers make, and their chains verify. */
async function checkBooks({ tenant, books, foldedTransfers }: LifecycleWorld): Promise<void> {
  const stored = await books.readAll(tenant);
  for (const { currency, difference } of trialBalance(stored).currencies) {
    hold(difference === 0n, `${currency} is out of balance by ${difference}`);
  }
  const byCurrency = Map.groupBy(foldedTransfers(), ({ currency }) => currency);
  hold(stored.length === byCurrency.size, 'a book is missing');
  for (const { currency, accounts, chain } of stored) {
    const transfers = byCurrency.get(currency) ?? [];
    const rebuilt = deltasOf({ tenant, currency }, transfers);
    hold(text(rebuilt) === text(accounts), () => `${currency} is not what its transfers make`);
    const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]));
    const links: ChainLink[] = [];
    for await (const link of books.chain(tenant, currency)) {
      links.push(link);
    }
    const differences = verifyChain(links, (id) => byId.get(id), chain);
    hold(differences.length === 0, () => `the chain does not verify: ${text(differences)}`);
    hold(
      links.reduce((sum, link) => sum + link.transfers.length, 0) === transfers.length,
      'the chain has another number of transfers than was folded',
    );
  }
}

/** 10: a limited account never passes its limit, and is what its transfers make. */
function checkLimits({ tenant, ledger }: LifecycleWorld): void {
  const balances = new Map<string, number>();
  const add = (account: string, byMinor: number) => {
    const after = (balances.get(account) ?? 0) + byMinor;
    balances.set(account, after);
    hold(after >= 0, `${account} is at ${after}`);
  };
  for (const { debitAccount, creditAccount, currency, amountMinor } of ledger.transfers()) {
    for (const code of [debitAccount, creditAccount]) {
      if (limitOf(code) !== null) {
        const normal = code === debitAccount ? 'debit' : 'credit';
        const grows = chartOfAccounts[code].normal === normal;
        add(`${code}.${currency}`, grows ? amountMinor : -amountMinor);
      }
    }
  }
  for (const { currency, code, counters, availableMinor } of ledger.limitedAccounts()) {
    hold(availableMinor >= 0n, `${code}.${currency} is at ${availableMinor}`);
    const transfers = ledger.transfers().filter((transfer) => transfer.currency === currency);
    const rebuilt = deltasOf({ tenant, currency }, transfers)[code];
    hold(text(rebuilt) === text(counters), `${code}.${currency} is not what its transfers make`);
  }
}

function hold(holds: boolean, otherwise: string | (() => string)): void {
  if (!holds) {
    throw new Error(typeof otherwise === 'string' ? otherwise : otherwise());
  }
}

function sorted(transfers: readonly Transfer[]): Transfer[] {
  return [...transfers].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint'
      ? String(member)
      : member !== null && typeof member === 'object' && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
        : member,
  );
}
