import { describe, expect, it } from 'vitest';
import { functionSpecs } from '../../../functions/index.ts';
import { aDispute, edges } from '../../../test/support/dead-letters/letters.ts';
import { aTransfer } from '../../../test/support/ledger/transfers.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import type { Content, RangeItem } from './letter.ts';
import { type Evidence, knownStreamFunctions, verdictOf } from './verdict.ts';

const { event } = anAcceptedPayment(countingStamps());
const transfer: RangeItem = { kind: 'transfer', transfer: aTransfer() };
const poison: RangeItem = { kind: 'unreadable', says: 'no tenant' };

const contents = {
  event: { kind: 'event', event },
  notice: { kind: 'notice', notice: aDispute(event.subject) },
  delivery: {
    kind: 'delivery',
    delivery: { tenant: 'acme', endpoint_id: 'e', delivery_id: 'd', attempt: 3 },
  },
  range: {
    kind: 'range',
    range: { streamArn: 's', shardId: 's', firstSequence: '1', lastSequence: '2' },
    records: 2,
    givenUp: '2026-01-01T00:00:00.000Z',
    condition: 'RetryAttemptsExhausted',
  },
  run: { kind: 'run', at: null, error: null },
  unreadable: { kind: 'unreadable', says: '/type: no', type: null, about: null },
} as const satisfies Record<string, Content>;

const judge = (
  edge: keyof typeof edges,
  content: keyof typeof contents,
  more: Partial<Evidence> = {},
) =>
  verdictOf({
    edge: edges[edge],
    content: contents[content],
    errorName: undefined,
    onRecord: null,
    items: null,
    ...more,
  });

describe('the verdict on a dead letter', () => {
  it.each<[string, ReturnType<typeof judge>, string, string]>([
    ['an event of the store', judge('list', 'event', { onRecord: true }), 'repeatable', 'safe'],
    [
      'one that was not delivered',
      judge('undelivered', 'event', { onRecord: true }),
      'repeatable',
      'safe',
    ],
    ['an event of nowhere', judge('list', 'event', { onRecord: false }), 'not_on_record', 'unsafe'],
    ['what is no event', judge('list', 'unreadable'), 'fails_again', 'unsafe'],
    [
      'a notice that met trouble',
      judge('notices', 'notice', { errorName: 'Error' }),
      'repeatable',
      'safe',
    ],
    ['a webhook', judge('notices', 'delivery'), 'repeatable', 'safe'],
    ['one that crashed its function', judge('notices', 'notice'), 'repeatable', 'safe'],
    [
      'a notice that contradicts',
      judge('notices', 'notice', { errorName: 'Poison' }),
      'contradicts',
      'unsafe',
    ],
    [
      'what is no notice',
      judge('notices', 'unreadable', { errorName: 'Poison' }),
      'fails_again',
      'unsafe',
    ],
    ['a range', judge('relay', 'range', { items: [transfer] }), 'repeatable', 'safe'],
    [
      'a range without a record for it',
      judge('relay', 'range', { items: [] }),
      'repeatable',
      'safe',
    ],
    ['a range that is gone', judge('fold', 'range', { items: 'trimmed' }), 'trimmed', 'impossible'],
    [
      'a range of nothing but poison',
      judge('fold', 'range', { items: [poison, poison] }),
      'fails_again',
      'unsafe',
    ],
    ['what is no range', judge('fold', 'unreadable'), 'unknown', 'impossible'],
    ['a run', judge('audit', 'run'), 'next_run', 'impossible'],
  ])('%s', (_, verdict, kind, redo) => {
    expect(verdict).toMatchObject({ kind, redo });
    expect(verdict.why).not.toBe('');
    expect(verdict.advice).not.toBe('');
  });

  it('sends a person to the PSP with our reference, over a notice that contradicts the record', () => {
    const { advice } = judge('notices', 'notice', { errorName: 'Poison' });
    expect(advice).toContain(`look up ${event.subject} at simulator`);
  });

  it('says how many records of a range will stay', () => {
    const { why } = judge('fold', 'range', { items: [transfer, poison, transfer, poison] });
    expect(why).toMatch(/; 2 of its 4 records cannot be read, and will stay$/);
    expect(judge('fold', 'range', { items: [transfer] }).why).not.toMatch(/stay/);
  });

  it('says what of a range that is gone is seen to by whom', () => {
    const gone = (edge: 'relay' | 'startSaga' | 'fold') =>
      judge(edge, 'range', { items: 'trimmed' }).advice;
    expect(gone('relay')).toMatch(/sweeper publishes/);
    expect(gone('startSaga')).toMatch(/sweeper starts/);
    expect(gone('fold')).toMatch(/ledger -- verify/);
  });

  it('knows what doing a range again comes to for every function of a stream', () => {
    const streamed = functionSpecs.filter(({ trigger }) => trigger.kind === 'stream');
    expect(knownStreamFunctions.sort()).toEqual(streamed.map(({ name }) => name).sort());
  });

  it('is against a range of a function that it does not know', () => {
    const edge = { ...edges.relay, name: 'payments-other' };
    const verdict = verdictOf({
      edge,
      content: contents.range,
      errorName: undefined,
      onRecord: null,
      items: [transfer],
    });
    expect(verdict).toMatchObject({ kind: 'unknown', redo: 'impossible' });
  });
});
