import { describe, expect, it } from 'vitest';
import {
  aHold,
  aTransfer,
  captureOf,
  type Resolution,
} from '../../../test/support/ledger/transfers.ts';
import { type ChainLink, genesisHash, linkOf, verifyChain } from './chain.ts';
import type { Transfer } from './transfer.ts';

/** A chain of three links of two transfers each, and the ledger that it is of. */
function aChain() {
  const transfers = ['1', '2', '3', '4', '5', '6'].map((key) => aTransfer({}, key));
  const links: ChainLink[] = [];
  for (let at = 0; at < transfers.length; at += 2) {
    links.push({
      ...linkOf(links.at(-1)?.hash ?? genesisHash, transfers.slice(at, at + 2)),
      number: links.length + 1,
      shardId: 's',
      firstPosition: String(at),
      lastPosition: String(at + 1),
    });
  }
  const ledger = new Map<string, Transfer>(transfers.map((transfer) => [transfer.id, transfer]));
  const head = { length: links.length, hash: links.at(-1)?.hash ?? '' };
  return { transfers, links, ledger, head };
}

type Chain = ReturnType<typeof aChain>;

const verify = ({ links, ledger, head }: Pick<Chain, 'links' | 'ledger' | 'head'>) =>
  verifyChain(links, (id) => ledger.get(id), head);

/** A link that was changed, with a hash that fits its new contents. */
const rehashed = (link: ChainLink, transfers: readonly Transfer[]): ChainLink => ({
  ...link,
  ...linkOf(link.previousHash, transfers),
});

const ofLink = (kind: string, link: number) => ({ kind, link, transferId: null, accounts: [] });
const accounts = ['merchant_payable', 'fee_revenue'];

describe('a link', () => {
  const hold = aHold();
  const resolution = captureOf(hold);
  const hashOf = (transfer: Transfer) => linkOf(genesisHash, [transfer]).hash;

  it.each(Object.keys(resolution) as (keyof Resolution)[])(
    'has %s of its transfers in its hash',
    (field) => {
      const { [field]: value, ...rest } = resolution;
      const other = typeof value === 'number' ? value + 1 : `${value} `;
      expect(hashOf({ ...resolution, [field]: other } as Resolution)).not.toBe(hashOf(resolution));
      expect(hashOf(rest as Resolution)).not.toBe(hashOf(resolution));
    },
  );

  it('does not depend on the order in which a transfer has its fields', () => {
    const reversed = Object.fromEntries(Object.entries(resolution).reverse()) as Resolution;
    expect(hashOf(reversed)).toBe(hashOf(resolution));
  });

  it('has the order of its transfers, and the link before it, in its hash', () => {
    const { hash, transfers } = linkOf(genesisHash, [hold, resolution]);
    expect(transfers.map(({ id }) => id)).toEqual([hold.id, resolution.id]);
    expect(linkOf(genesisHash, [resolution, hold]).hash).not.toBe(hash);
    expect(linkOf('1'.repeat(64), [hold, resolution]).hash).not.toBe(hash);
  });

  it('has a hash that stays the same from version to version', () => {
    expect(hashOf(aTransfer())).toBe(
      '4869aaaf00ca85f114ac0f5212e15f3d15e2ec6e2b29d87eda747fb429e35bf0',
    );
  });
});

describe('verifying a chain', () => {
  it('finds nothing in one that is whole, and in an empty one', () => {
    expect(verify(aChain())).toEqual([]);
    expect(verifyChain([], () => undefined, { length: 0, hash: genesisHash })).toEqual([]);
  });

  it('finds nothing in links of batches that came after the book was read', () => {
    const { links, ...chain } = aChain();
    const head = { length: 2, hash: links[1]?.hash ?? '' };
    expect(verify({ ...chain, links, head })).toEqual([]);
  });

  it('names a transfer that was changed in the ledger, its accounts and its link', () => {
    const chain = aChain();
    const changed = { ...aTransfer({}, '4'), amountMinor: 291 };
    chain.ledger.set(changed.id, changed);
    expect(verify(chain)).toEqual([
      { kind: 'altered_transfer', link: 2, transferId: changed.id, accounts },
    ]);
  });

  it('names a transfer that is gone from the ledger', () => {
    const chain = aChain();
    const { id } = aTransfer({}, '1');
    chain.ledger.delete(id);
    expect(verify(chain)).toEqual([
      { kind: 'missing_transfer', link: 1, transferId: id, accounts: [] },
    ]);
  });

  it('names a transfer that was folded twice', () => {
    const { transfers, links, ledger, head } = aChain();
    const again = transfers[0] as Transfer;
    const last = rehashed(links[2] as ChainLink, [...transfers.slice(4), again]);
    const doubled = { links: [...links.slice(0, 2), last], ledger };
    expect(verify({ ...doubled, head: { ...head, hash: last.hash } })).toEqual([
      { kind: 'repeated_transfer', link: 3, transferId: again.id, accounts },
    ]);
  });

  it('finds a link whose contents were changed', () => {
    const { links, ...chain } = aChain();
    const [first, second, third] = links as [ChainLink, ChainLink, ChainLink];
    const cut = { ...second, transfers: second.transfers.slice(1) };
    expect(verify({ ...chain, links: [first, cut, third] })).toEqual([ofLink('altered_link', 2)]);
  });

  it('finds a link that was changed and hashed anew, by the one behind it', () => {
    const { links, transfers, ...chain } = aChain();
    const [first, second, third] = links as [ChainLink, ChainLink, ChainLink];
    const cut = rehashed(second, transfers.slice(3, 4));
    expect(verify({ ...chain, links: [first, cut, third] })).toEqual([ofLink('unlinked', 3)]);
  });

  it('finds the last link changed and hashed anew, by the book', () => {
    const { links, transfers, ...chain } = aChain();
    const cut = rehashed(links[2] as ChainLink, transfers.slice(5));
    expect(verify({ ...chain, links: [...links.slice(0, 2), cut] })).toEqual([
      ofLink('wrong_head', 3),
    ]);
  });

  it.each([
    ['the first', [1, 2], 1],
    ['one between two', [0, 2], 2],
    ['the last', [0, 1], 3],
    ['several at the end', [0], 2],
  ])('finds %s missing', (_, kept, missing) => {
    const { links, ...chain } = aChain();
    const left = kept.map((index) => links[index] as ChainLink);
    expect(verify({ ...chain, links: left })).toEqual([ofLink('missing_link', missing)]);
  });

  it('names every difference there is', () => {
    const chain = aChain();
    const changed = { ...aTransfer({}, '2'), paymentId: null };
    chain.ledger.set(changed.id, changed);
    chain.ledger.delete(aTransfer({}, '5').id);
    expect(verify(chain).map(({ kind, link }) => `${kind} ${link}`)).toEqual([
      'altered_transfer 1',
      'missing_transfer 3',
    ]);
  });
});
