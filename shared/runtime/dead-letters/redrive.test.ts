import { describe, expect, it } from 'vitest';
import { foldBalances } from '../../../functions/ledger/fold-balances/fold-balances.ts';
import {
  aDispute,
  aFailedRun,
  delivered,
  edges,
  eventRecord,
  givenUp,
  recordOf,
  transferRecord,
} from '../../../test/support/dead-letters/letters.ts';
import { deadLetterWorld } from '../../../test/support/dead-letters/world.ts';
import { aTransfer } from '../../../test/support/ledger/transfers.ts';
import { transferOf } from '../../adapters/dynamo/ledger/transfer-item.ts';
import { memoryBooks } from '../../adapters/memory/ledger-books.ts';
import type { StreamRecord } from '../../ports/dead-letters.ts';
import { replayOf } from '../replay/replay.ts';
import { type RedriveOrder, redrive } from './redrive.ts';

/** A world with an order for all that is in it. */
function world() {
  const made = deadLetterWorld();
  const order: RedriveOrder = {
    edges: made.edges,
    ids: null,
    isReal: true,
    force: null,
    by: 'ada',
  };
  return {
    ...made,
    redrive: async (given: Partial<RedriveOrder> = {}, deps: Partial<typeof made.deps> = {}) => {
      const { redriven, missing } = await redrive(
        { ...made.deps, ...deps },
        { ...order, ...given },
      );
      return { outcomes: redriven.map(({ outcome }) => outcome), missing };
    },
    left: () => made.edges.flatMap((edge) => made.queues.of(edge)),
  };
}

describe('a dry run', () => {
  it('says what would be redriven, and changes nothing', async () => {
    const { redrive: run, pay, queues, left, acts } = world();
    const { event } = await pay();
    queues.add(edges.list, delivered(event));
    queues.add(edges.list, 'poison');
    const before = left();
    const { outcomes } = await run({ isReal: false });
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['refused', 'would']);
    expect(left()).toEqual(before);
    expect(await acts()).toEqual([]);
    // All of it is in sight again: the next one finds the same.
    expect((await run({ isReal: false })).outcomes).toHaveLength(2);
  });
});

describe('redriving messages', () => {
  it('of a replay leaves them of that replay', async () => {
    const { redrive: run, pay, queues } = world();
    const event = JSON.parse(delivered((await pay()).event));
    const body = JSON.stringify({ ...event, 'replay-name': 'friday' });
    queues.add(edges.list, body, { error_name: 'Error', reason: 'throttled' });
    expect((await run()).outcomes).toEqual([{ kind: 'redriven' }]);
    const [sent = ''] = queues.sentTo(edges.list.source_url);
    expect(replayOf(JSON.parse(sent))).toEqual({ name: 'friday', sideEffects: false });
    // What was given up before it was done is done: redriving is no replay.
    expect(replayOf(event)).toBeNull();
  });

  it('sends an event back to its queue as it was, and takes the letter away', async () => {
    const { redrive: run, pay, queues, left, acts } = world();
    const body = delivered((await pay()).event);
    const id = queues.add(edges.list, body, { error_name: 'Error', reason: 'throttled' });
    expect((await run()).outcomes).toEqual([{ kind: 'redriven' }]);
    expect(queues.sentTo(edges.list.source_url)).toEqual([body]);
    expect(left()).toEqual([]);
    expect(await acts()).toMatchObject([
      {
        action: 'dlq.redrive',
        by: 'ada',
        subject: id,
        reason: expect.stringContaining('a consumer takes an event once'),
        details: {
          queue: 'payments-project-list',
          what: 'payment.accepted',
          at_risk: 'EUR 100.00',
          failure: 'Error: throttled',
          verdict: 'repeatable',
          body_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ]);
  });

  it('sends an event that the bus could not deliver to the queue that it was for', async () => {
    const { redrive: run, pay, queues } = world();
    queues.add(edges.undelivered, delivered((await pay()).event));
    expect((await run()).outcomes).toEqual([{ kind: 'redriven' }]);
    expect(queues.sentTo(edges.list.source_url)).toHaveLength(1);
  });

  it('refuses what is unsafe, and redrives its neighbours', async () => {
    const { redrive: run, pay, queues, left } = world();
    const { event } = await pay();
    const poison = queues.add(edges.list, 'poison');
    const foreign = queues.add(edges.list, delivered({ ...event, id: event.data.payment.id }));
    queues.add(edges.list, delivered(event));
    const contradiction = queues.add(edges.notices, JSON.stringify(aDispute(event.subject)), {
      error_name: 'Poison',
      reason: 'the dispute is over more than was captured',
    });
    const { outcomes } = await run();
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      'redriven',
      'refused',
      'refused',
      'refused',
    ]);
    expect(left().map(({ id }) => id)).toEqual([poison, foreign, contradiction]);
  });

  it('redrives what is unsafe by force, and puts the reason for it on record', async () => {
    const { redrive: run, queues, left, acts } = world();
    queues.add(edges.list, 'poison');
    expect((await run({ force: 'the new version knows it' })).outcomes).toEqual([
      { kind: 'redriven' },
    ]);
    expect(queues.sentTo(edges.list.source_url)).toEqual(['poison']);
    expect(left()).toEqual([]);
    expect(await acts()).toMatchObject([
      { reason: 'the new version knows it', details: { verdict: 'fails_again' } },
    ]);
  });

  it('refuses even by force what there is no way to do again', async () => {
    const { redrive: run, queues, left } = world();
    queues.add(edges.audit, aFailedRun());
    queues.add(edges.fold, givenUp('1', '2', 2));
    expect((await run({ force: 'it has to be' })).outcomes).toEqual([
      { kind: 'refused' },
      { kind: 'refused' },
    ]);
    expect(left()).toHaveLength(2);
  });

  it('redrives the letters that are named, and says which are not there', async () => {
    const { redrive: run, pay, queues, left } = world();
    const body = delivered((await pay()).event);
    const [first, second] = [queues.add(edges.list, body), queues.add(edges.list, body)];
    const { outcomes, missing } = await run({ ids: new Set([second, 'nowhere']) });
    expect([outcomes, missing]).toEqual([[{ kind: 'redriven' }], ['nowhere']]);
    expect(left().map(({ id }) => id)).toEqual([first]);
  });

  it('leaves a letter when the process ends between sending it and taking it away', async () => {
    const { redrive: run, pay, queues, left } = world();
    queues.add(edges.list, delivered((await pay()).event));
    const dying = { ...queues, remove: () => Promise.reject(new Error('killed')) };
    const died = await run({}, { queues: dying });
    expect(died.outcomes).toEqual([{ kind: 'failed', error: 'killed' }]);
    expect([queues.sentTo(edges.list.source_url).length, left().length]).toEqual([1, 1]);
    queues.passTime();
    expect((await run()).outcomes).toEqual([{ kind: 'redriven' }]);
    expect([queues.sentTo(edges.list.source_url).length, left().length]).toEqual([2, 0]);
  });

  it('sends nothing that it could not put on record', async () => {
    const { redrive: run, pay, queues, left, log } = world();
    queues.add(edges.list, delivered((await pay()).event));
    const deaf = { ...log, append: () => Promise.reject(new Error('no log')) };
    expect((await run({}, { log: deaf })).outcomes).toEqual([{ kind: 'failed', error: 'no log' }]);
    expect([queues.sentTo(edges.list.source_url).length, left().length]).toEqual([0, 1]);
  });

  it('leaves to somebody else what somebody else has', async () => {
    const { redrive: run, pay, queues } = world();
    queues.add(edges.list, delivered((await pay()).event));
    const late = { ...queues, keep: async () => false };
    expect((await run({}, { queues: late })).outcomes).toEqual([{ kind: 'not_held' }]);
    await queues.take(edges.list, 10);
    expect(await run()).toEqual({ outcomes: [], missing: [] });
    expect(queues.sentTo(edges.list.source_url)).toEqual([]);
  });
});

describe('redriving a range', () => {
  it('gives its function the records that the mapping would, and takes the letter away', async () => {
    const { redrive: run, pay, queues, stream, invoked, left } = world();
    const { event } = await pay();
    stream.append(
      'shard',
      eventRecord('1', event),
      eventRecord('2', event),
      recordOf('3', { sk: { S: 'STATE' } }),
      recordOf('4', { sk: { S: 'EVENT#1' } }, 'REMOVE'),
      eventRecord('5', event),
      eventRecord('6', event),
    );
    queues.add(edges.relay, givenUp('2', '5', 2));
    expect((await run()).outcomes).toEqual([{ kind: 'redriven' }]);
    expect(invoked).toEqual([['2', '5']]);
    expect(left()).toEqual([]);
  });

  it('leaves a letter of the poison alone, with its reason, and lets its neighbours pass', async () => {
    const { redrive: run, pay, queues, stream, failingOn, left } = world();
    const { event } = await pay();
    const sequences = Array.from({ length: 9 }, (_, index) => String(index + 1));
    stream.append('shard', ...sequences.map((sequence) => eventRecord(sequence, event)));
    const id = queues.add(edges.relay, givenUp('1', '9', 9));
    failingOn(edges.relay, '4', '8');
    const { outcomes } = await run();
    const stays = left();
    expect(outcomes).toEqual([
      {
        kind: 'stays',
        passed: 7,
        letters: stays.map((letter, index) => ({
          id: letter.id,
          records: 1,
          reason: `Error: no ${['4', '8'][index]}`,
        })),
      },
    ]);
    expect(stays.map((letter) => letter.id)).not.toContain(id);
    expect(stays.map(({ attributes }) => attributes.reason)).toEqual(['no 4', 'no 8']);

    failingOn(edges.relay, '8');
    expect((await run()).outcomes.map(({ kind }) => kind)).toEqual(['redriven', 'stays']);
    failingOn(edges.relay);
    expect((await run()).outcomes).toEqual([{ kind: 'redriven' }]);
    expect(left()).toEqual([]);
  });

  it('leaves all of it when the function could not be asked', async () => {
    const { redrive: run, pay, queues, stream, answering, left } = world();
    stream.append('shard', eventRecord('1', (await pay()).event));
    const id = queues.add(edges.relay, givenUp('1', '1', 1));
    answering(edges.relay, () => Promise.reject(new Error('throttled')));
    expect((await run()).outcomes).toEqual([{ kind: 'failed', error: 'throttled' }]);
    expect(left().map((letter) => letter.id)).toEqual([id]);
  });

  it('stops when the letter is not held any more, and leaves it', async () => {
    const { redrive: run, pay, queues, stream, failingOn, left, invoked } = world();
    const { event } = await pay();
    stream.append('shard', eventRecord('1', event), eventRecord('2', event));
    queues.add(edges.relay, givenUp('1', '2', 2));
    failingOn(edges.relay, '1');
    let looks = 0;
    const slow = { ...queues, keep: async () => ++looks < 3 };
    expect((await run({}, { queues: slow })).outcomes).toEqual([{ kind: 'not_held' }]);
    expect([invoked.length, left().length]).toEqual([1, 1]);
  });

  it('puts into the books what they lack, though the stream has gone on, and whoever else does', async () => {
    const { redrive: run, queues, stream, answering } = world();
    const books = memoryBooks();
    const transfers = Array.from({ length: 6 }, (_, index) => aTransfer({}, String(index + 1)));
    const records = transfers.map((transfer, index) => transferRecord(String(index + 1), transfer));
    stream.append('shard', ...records);
    const fold = async (of: readonly StreamRecord[], how: 'fold' | 'foldRedriven') => {
      const read = of.map(({ sequence, record }) => ({
        sequence,
        transfer: () => transferOf((record.dynamodb as { NewImage: never }).NewImage),
      }));
      await foldBalances(books[how])(read, 'shard');
    };
    await fold(records.slice(0, 2), 'fold');
    await fold(records.slice(4), 'fold');
    answering(edges.fold, async (of) => {
      await fold(of, 'foldRedriven');
      return { kind: 'done' };
    });
    const [first, second] = ['3', '2'];
    queues.add(edges.fold, givenUp(first, '4', 2));
    queues.add(edges.fold, givenUp(second, '5', 4));
    expect((await run()).outcomes).toEqual([{ kind: 'redriven' }, { kind: 'redriven' }]);
    const book = await books.read('acme', 'EUR');
    expect(book?.accounts.fee_revenue?.creditsPosted).toBe(6n * 290n);
  });
});
