import { createHash } from 'node:crypto';
import type { AccountCode } from './accounts.ts';
import type { Transfer } from './transfer.ts';

/** How long a book's chain is, and the hash of its last link: `genesisHash` while it is empty. */
export interface ChainHead {
  readonly length: number;
  readonly hash: string;
}

/** A transfer in a link: its id, and the SHA-256 of its canonical form, hex. */
export interface LinkedTransfer {
  readonly id: string;
  readonly digest: string;
}

/** One batch that was folded into a book. Each link holds the hash of the one before it. */
export interface ChainLink {
  /** 1 for the first of a book, growing by 1. */
  readonly number: number;
  /** The hash of the link before this one; `genesisHash` in the first. SHA-256, hex. */
  readonly previousHash: string;
  /** SHA-256 over `previousHash` and the digests of the transfers, hex. */
  readonly hash: string;
  /** The shard that the batch came from, and the positions in it from which and to which it went. */
  readonly shardId: string;
  readonly firstPosition: string;
  readonly lastPosition: string;
  /** In the order of the batch. */
  readonly transfers: readonly LinkedTransfer[];
}

/** What the first link of every chain is linked to. */
export const genesisHash = '0'.repeat(64);

/**
 * What a transfer is hashed as: its JSON, without spaces, its fields by name (RFC 8785, which for
 * an object of texts, safe integers and null is no more than that). So every field counts.
 */
function canonical(transfer: Transfer): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(transfer).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The link that a batch of transfers makes behind the link with `previousHash`. A transfer has a
 * digest of its own in it, so that verification can name the one that was changed, and needs no
 * other to do so.
 */
export function linkOf(
  previousHash: string,
  transfers: readonly Transfer[],
): Pick<ChainLink, 'previousHash' | 'hash' | 'transfers'> {
  const linked = transfers.map((transfer) => ({
    id: transfer.id,
    digest: sha256(canonical(transfer)),
  }));
  return { previousHash, hash: hashOf(previousHash, linked), transfers: linked };
}

function hashOf(previousHash: string, linked: readonly LinkedTransfer[]): string {
  return sha256([previousHash, ...linked.map(({ digest }) => digest)].join('\n'));
}

/** What is wrong in a chain, or between it and the ledger. */
export interface ChainDifference {
  /**
   * - `missing_link`: the chain has no link of this number, nor of those between it and the next
   * - `unlinked`: it does not follow the link before it
   * - `altered_link`: its hash is not that of its contents
   * - `altered_transfer`: the ledger has the transfer in another form than was folded
   * - `missing_transfer`: the ledger does not have it any more
   * - `repeated_transfer`: it was folded before, in this link or in an earlier one
   * - `wrong_head`: the book holds another hash of this link, its last
   */
  readonly kind:
    | 'missing_link'
    | 'unlinked'
    | 'altered_link'
    | 'altered_transfer'
    | 'missing_transfer'
    | 'repeated_transfer'
    | 'wrong_head';
  /** The number of the link. */
  readonly link: number;
  /** Null for what concerns a link as a whole. */
  readonly transferId: string | null;
  /** The two accounts of the transfer, debit first, as the ledger has it now; none when it has not. */
  readonly accounts: readonly AccountCode[];
}

/**
 * Compares a book's chain with the ledger. Links behind the head are of batches that were folded
 * after the book was read, and are verified as well: so a book is read before its chain, and its
 * chain before the transfers, and nothing that happens meanwhile is a difference.
 *
 * Whoever can rewrite every link from one on, the book and the ledger leaves nothing to find here:
 * for that, a head has to be kept where he cannot write.
 *
 * @param links in their order
 * @param head what the book says of its chain
 */
export function verifyChain(
  links: Iterable<ChainLink>,
  transferById: (id: string) => Transfer | undefined,
  head: ChainHead,
): ChainDifference[] {
  const differences: ChainDifference[] = [];
  const folded = new Set<string>();
  let before: ChainHead = { length: 0, hash: genesisHash };
  for (const link of links) {
    if (link.number > before.length + 1) {
      differences.push(ofLink('missing_link', before.length + 1));
    } else if (link.previousHash !== before.hash) {
      differences.push(ofLink('unlinked', link.number));
    }
    if (hashOf(link.previousHash, link.transfers) !== link.hash) {
      differences.push(ofLink('altered_link', link.number));
    }
    for (const { id, digest } of link.transfers) {
      const transfer = transferById(id);
      const kind = transferDifference(digest, transfer, folded.has(id));
      if (kind) {
        const accounts = transfer ? [transfer.debitAccount, transfer.creditAccount] : [];
        differences.push({ kind, link: link.number, transferId: id, accounts });
      }
      folded.add(id);
    }
    if (link.number === head.length && link.hash !== head.hash) {
      differences.push(ofLink('wrong_head', link.number));
    }
    before = { length: link.number, hash: link.hash };
  }
  return head.length > before.length
    ? [...differences, ofLink('missing_link', before.length + 1)]
    : differences;
}

function transferDifference(
  digest: string,
  transfer: Transfer | undefined,
  isRepeated: boolean,
): ChainDifference['kind'] | null {
  if (isRepeated) {
    return 'repeated_transfer';
  }
  if (!transfer) {
    return 'missing_transfer';
  }
  return sha256(canonical(transfer)) === digest ? null : 'altered_transfer';
}

function ofLink(kind: ChainDifference['kind'], link: number): ChainDifference {
  return { kind, link, transferId: null, accounts: [] };
}
