import { memoryStream } from '../../../shared/adapters/memory/dead-letters.ts';
import { transferRecord } from '../../support/dead-letters/letters.ts';
import { streamRangeConforms } from './stream-range.suite.ts';

streamRangeConforms('memory', async (transfers) => {
  const { read, append } = memoryStream();
  // Numbers that sort otherwise as text.
  const sequences = transfers.map((_, index) => String(5 + index));
  append(
    'shard',
    ...transfers.map((transfer, at) => transferRecord(sequences[at] ?? '', transfer)),
  );
  return { read, streamArn: 'stream', shardId: 'shard', sequences, close: async () => {} };
});
