import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemOf } from '../../../shared/adapters/aws/dead-letters/record.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { ReadStreamRange, StreamRecord } from '../../../shared/ports/dead-letters.ts';
import { aTransfer } from '../../support/ledger/transfers.ts';

/** A stream to which these transfers came, one after the other, in one shard. */
export type OpenStream = (transfers: readonly Transfer[]) => Promise<{
  readonly read: ReadStreamRange;
  readonly streamArn: string;
  readonly shardId: string;
  /** The places of the transfers in the shard. */
  readonly sequences: readonly string[];
  readonly close: () => Promise<void>;
}>;

/** What every adapter that reads a range back has to do. */
export function streamRangeConforms(kind: string, open: OpenStream): void {
  describe(`a range read back from a stream on ${kind}`, () => {
    const transfers = Array.from({ length: 12 }, (_, index) => aTransfer({}, `record ${index}`));
    let stream: Awaited<ReturnType<OpenStream>>;
    beforeAll(async () => {
      stream = await open(transfers);
    });
    afterAll(() => stream.close());

    const read = async (first: number, last: number, given: object = {}) => {
      const { streamArn, shardId, sequences } = stream;
      const [firstSequence, lastSequence] = [sequences[first], sequences[last]] as [string, string];
      return stream.read({ streamArn, shardId, firstSequence, lastSequence, ...given });
    };
    const idsOf = (records: readonly StreamRecord[] | 'trimmed') =>
      (records as readonly StreamRecord[]).map(({ record }) => {
        const item = itemOf(record);
        return item.kind === 'transfer' ? item.transfer.id : item.kind;
      });
    const ids = (from: number, to: number) => transfers.slice(from, to).map(({ id }) => id);

    it('has its records, both ends among them, in their order', async () => {
      expect(idsOf(await read(3, 7))).toEqual(ids(3, 8));
      expect(idsOf(await read(0, 11))).toEqual(ids(0, 12));
    });

    it('has one record when it starts where it ends', async () => {
      const records = (await read(5, 5)) as readonly StreamRecord[];
      expect(idsOf(records)).toEqual(ids(5, 6));
      expect(records[0]).toMatchObject({
        sequence: stream.sequences[5],
        record: {
          eventName: 'INSERT',
          dynamodb: {
            SequenceNumber: stream.sequences[5],
            NewImage: { id: { S: transfers[5]?.id }, amount_minor: { N: '290' } },
          },
        },
      });
    });

    it('is not read in part when its end is not there', async () => {
      const lastSequence = `9${stream.sequences[11]}`;
      await expect(read(3, 7, { lastSequence })).rejects.toThrow(/ends before/);
    });

    it('is gone with its shard', async () => {
      expect(await read(3, 7, { shardId: 'shardId-00000000000000000000-00000000' })).toBe(
        'trimmed',
      );
    });
  });
}
