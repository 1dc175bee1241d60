import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ChainLink } from '../../../../domain/ledger/chain.ts';

/** What an item has of its link. */
export function linkAttributes(link: ChainLink): Record<string, AttributeValue> {
  return {
    number: { N: String(link.number) },
    previous_hash: { S: link.previousHash },
    hash: { S: link.hash },
    shard_id: { S: link.shardId },
    first_position: { S: link.firstPosition },
    last_position: { S: link.lastPosition },
    transfers: {
      L: link.transfers.map(({ id, digest }) => ({ M: { id: { S: id }, digest: { S: digest } } })),
    },
  };
}

/** Reads a link from its item. What is missing reads as empty, and verification finds it so. */
export function linkFrom(item: Readonly<Record<string, AttributeValue>>): ChainLink {
  const text = (name: string) => item[name]?.S ?? '';
  return {
    number: Number(item.number?.N),
    previousHash: text('previous_hash'),
    hash: text('hash'),
    shardId: text('shard_id'),
    firstPosition: text('first_position'),
    lastPosition: text('last_position'),
    transfers: (item.transfers?.L ?? []).map(({ M }) => ({
      id: M?.id?.S ?? '',
      digest: M?.digest?.S ?? '',
    })),
  };
}
