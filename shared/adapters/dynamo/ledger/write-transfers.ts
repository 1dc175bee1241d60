import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WriteTransfers } from '../../../ports/ledger.ts';
import { type Patience, transact } from '../transact.ts';
import { ledgerItems, ledgerRefusal } from './ledger-items.ts';

/**
 * Writes transfers in a transaction of their own. Those that belong to a change of something else
 * go into its transaction instead, by `ledgerItems`.
 *
 * @param patience how long it may try against others at work on the same limited accounts
 */
export function dynamoWriteTransfers(
  client: DynamoDBClient,
  table: string,
  patience?: Patience,
): WriteTransfers {
  return async (transfers) => {
    const items = ledgerItems(transfers, table);
    const answer = await transact(client, items, patience);
    return answer.kind === 'written' ? 'written' : ledgerRefusal(items, answer.reasons);
  };
}
