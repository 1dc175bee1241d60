import type {
  Cancellation,
  Capture,
  LedgerAccount,
  LedgerStatement,
  LedgerStatementEntry,
  Payment,
  PaymentEvent,
  Refund,
  WebhookDelivery,
  WebhookEndpoint,
} from '../../../client/src/index.ts';
import { type Currency, formatMinor } from '../../../shared/domain/money/currency.ts';
import { coloursOn } from '../../program/colour.ts';

/** The client has a currency as the text that it is on the wire. */
export const shownAmount = (amountMinor: number, currency: string): string =>
  formatMinor(amountMinor, currency as Currency);

/** Green for what is well, red for what failed, yellow for what is under way. */
export function statusText(status: string): string {
  const { green, red, yellow } = coloursOn(process.stdout);
  if (
    ['captured', 'authorized', 'partially_captured', 'succeeded', 'enabled', 'delivered'].includes(
      status,
    )
  ) {
    return green(status);
  }
  return ['failed', 'disabled', 'abandoned'].includes(status) ? red(status) : yellow(status);
}

/** One payment in a line. */
export function paymentLine(payment: Payment): string {
  const { id, created, status, amount, currency, failure, merchant_reference } = payment;
  const refunded =
    payment.amount_refunded > 0
      ? `, ${shownAmount(payment.amount_refunded, currency)} refunded`
      : '';
  return [
    created,
    id,
    shownAmount(amount, currency).padStart(16),
    `${statusText(status)}${refunded}${failure ? ` (${failure.code})` : ''}`,
    ...(merchant_reference === null ? [] : [merchant_reference]),
  ].join('  ');
}

/** An event in a line: when, and what. */
export function eventLine({ time, sequence, type }: PaymentEvent): string {
  return `${time}  ${String(sequence).padStart(3)}  ${type}`;
}

/** What became of a request on a payment, in a line. */
export function operationLine(operation: Capture | Cancellation | Refund): string {
  const { object, id, amount, currency, status, failure } = operation;
  const why = failure ? ` (${failure.code}: ${failure.message})` : '';
  return `${object} ${id}  ${shownAmount(amount, currency)}  ${statusText(status)}${why}`;
}

export function accountLines(accounts: readonly LedgerAccount[]): string[] {
  return accounts.map(({ id, balance, currency, available }) =>
    [
      id.padEnd(28),
      shownAmount(balance, currency).padStart(20),
      ...(available === null ? [] : [`available ${shownAmount(available, currency)}`]),
    ].join('  '),
  );
}

/** A statement: where it begins, its entries, where it ends. */
export function statementLines(
  { account, currency, from, to, opening, closing }: LedgerStatement,
  entries: readonly LedgerStatementEntry[],
): string[] {
  const balance = ({ posted, pending }: LedgerStatement['opening']) =>
    `${shownAmount(posted, currency)}, pending ${shownAmount(pending, currency)}`;
  return [
    `${account}, ${from} to ${to}`,
    `opening  ${balance(opening)}`,
    ...entries.map((entry) =>
      [
        entry.time,
        entry.direction.padEnd(6),
        entry.posting.padEnd(20),
        shownAmount(entry.amount, entry.currency).padStart(16),
        `balance ${shownAmount(entry.balance, entry.currency)}`,
      ].join('  '),
    ),
    `closing  ${balance(closing)}`,
  ];
}

export function endpointLine({ id, url, status, events }: WebhookEndpoint): string {
  return `${id}  ${statusText(status)}  ${url}  ${events.join(',')}`;
}

export function deliveryLine({ id, event, status, attempts }: WebhookDelivery): string {
  const last = attempts.at(-1);
  const answer = last ? `${last.time}  ${last.status ?? last.reason ?? 'no answer'}` : '-';
  return `${id}  ${event.type.padEnd(28)}  ${statusText(status)}  ${attempts.length} tries  ${answer}`;
}
