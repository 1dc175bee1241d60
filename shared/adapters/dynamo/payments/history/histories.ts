import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PaymentEvent } from '../../../../contracts/events/payment-events.ts';
import type { PayoutEvent } from '../../../../contracts/events/payout-events.ts';
import { foldPayment } from '../../../../domain/payment/fold.ts';
import type { Payment } from '../../../../domain/payment/state.ts';
import { foldPayout } from '../../../../domain/payout/fold.ts';
import type { Payout } from '../../../../domain/payout/state.ts';
import { paymentStateVersion, payoutStateVersion } from '../../../../domain/snapshot.ts';
import type { PaymentHistory } from '../../../../ports/payments.ts';
import type { PayoutHistory } from '../../../../ports/payouts/payouts.ts';
import { paymentPartition, payoutPartition } from '../event-item.ts';
import { type Folding, loadEvent, loadStateAt, pageEvents } from './history.ts';

/** What payments were, from the items of their event store. */
export function dynamoPaymentHistory(client: DynamoDBClient, table: string): PaymentHistory {
  const folding: Folding<Payment, PaymentEvent> = {
    stateVersion: paymentStateVersion,
    fold: foldPayment,
  };
  return {
    event: (id, sequence) => loadEvent(client, table, paymentPartition(id), sequence),
    eventPage: ({ id, ...page }) => pageEvents(client, table, paymentPartition(id), page),
    stateAt: (id, version) => loadStateAt(client, table, paymentPartition(id), version, folding),
  };
}

/** What payouts were, from the items of theirs. */
export function dynamoPayoutHistory(client: DynamoDBClient, table: string): PayoutHistory {
  const folding: Folding<Payout, PayoutEvent> = {
    stateVersion: payoutStateVersion,
    fold: foldPayout,
  };
  return {
    event: (id, sequence) => loadEvent(client, table, payoutPartition(id), sequence),
    eventPage: ({ id, ...page }) => pageEvents(client, table, payoutPartition(id), page),
    stateAt: (id, version) => loadStateAt(client, table, payoutPartition(id), version, folding),
  };
}
