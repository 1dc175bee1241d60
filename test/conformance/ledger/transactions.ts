import {
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';

/** What a client's transactions did, for as long as it was watched. */
export interface Transactions {
  /** How many times each item was in a transaction that was sent, written or not; `pk / sk`. */
  readonly sent: ReadonlyMap<string, number>;
  /** How many were canceled for another one that held an item of theirs. */
  readonly conflicts: () => number;
}

/**
 * Watches a client's transactions, and lets them conflict as they do at AWS: one that comes to an
 * item that another one holds, from being sent to being answered, is canceled for it. DynamoDB Local
 * runs one after the other instead, and never does that.
 */
export function watchTransactions(client: DynamoDBClient): Transactions {
  const sent = new Map<string, number>();
  const held = new Set<string>();
  let conflicts = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'TransactWriteItemsCommand') {
          return next(args);
        }
        const { TransactItems = [] } = args.input as TransactWriteItemsCommandInput;
        const keys = TransactItems.map(keyOf);
        for (const key of keys) {
          sent.set(key, (sent.get(key) ?? 0) + 1);
        }
        if (keys.some((key) => held.has(key))) {
          conflicts++;
          throw canceled(keys.map((key) => held.has(key)));
        }
        for (const key of keys) {
          held.add(key);
        }
        try {
          return await next(args);
        } finally {
          for (const key of keys) {
            held.delete(key);
          }
        }
      },
    { step: 'initialize', name: 'watchTransactions' },
  );
  return { sent, conflicts: () => conflicts };
}

function keyOf({ Put, Update, ConditionCheck }: TransactWriteItem): string {
  const { pk, sk } = Put?.Item ?? Update?.Key ?? ConditionCheck?.Key ?? {};
  return `${pk?.S} / ${sk?.S}`;
}

function canceled(isHeld: readonly boolean[]): TransactionCanceledException {
  return new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: isHeld.map((held) => ({ Code: held ? 'TransactionConflict' : 'None' })),
  });
}
