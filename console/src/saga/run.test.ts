import { describe, expect, it } from 'vitest';
import { runsOf, standingOf } from './run.ts';
import { eventsOf, type FactName, ids } from './testing/events-of.ts';
import { wayOf } from './walk.ts';

/** The nodes of a run that are anywhere, with where they are. */
function nodesOf(names: readonly FactName[], run = 0): Record<string, string> {
  const found = runsOf(eventsOf(...names))[run];
  return Object.fromEntries(
    [...(found?.standings ?? [])].map(([name, { state }]) => [name, state]),
  );
}

describe('the saga of a payment, as its events tell it', () => {
  const begun = { 'assess-risk': 'done', reserve: 'done' };
  const undone = { 'assess-risk': 'done', reserve: 'compensated', release: 'done' };
  const suspended = { ...begun, suspend: 'done' };

  it.each<[string, readonly FactName[], Record<string, string>]>([
    ['accepted', [], { 'assess-risk': 'under_way' }],
    ['refused by risk', ['failed'], { 'assess-risk': 'failed', fail: 'done' }],
    ['reserved', ['reserved'], { ...begun, charge: 'under_way' }],
    ['busy', ['reserved', 'busy'], { ...begun, charge: 'under_way' }],
    ['captured', ['reserved', 'captured'], { ...begun, charge: 'done' }],
    ['authorized', ['reserved', 'authorized'], { ...begun, charge: 'done' }],
    ['declined', ['reserved', 'declined'], { ...begun, charge: 'failed', release: 'under_way' }],
    [
      'declined and released',
      ['reserved', 'declined', 'released'],
      { ...undone, charge: 'failed', fail: 'under_way' },
    ],
    [
      'declined, to its end',
      ['reserved', 'declined', 'released', 'failed'],
      { ...undone, charge: 'failed', fail: 'done' },
    ],
    [
      'busy, to its end',
      ['reserved', 'busy', 'released', 'failed'],
      { ...undone, charge: 'failed', fail: 'done' },
    ],
    ['unknown', ['reserved', 'unknown'], { ...suspended, charge: 'waiting', inquire: 'under_way' }],
    [
      'found by the inquiry',
      ['reserved', 'unknown', 'captured'],
      { ...suspended, charge: 'done', inquire: 'done' },
    ],
    [
      'found to be declined',
      ['reserved', 'unknown', 'declined'],
      { ...suspended, charge: 'failed', inquire: 'done' },
    ],
    [
      'begun anew after that',
      ['reserved', 'unknown', 'declined', 'resumed'],
      { ...suspended, charge: 'failed', inquire: 'done', release: 'under_way' },
    ],
    [
      'parked',
      ['reserved', 'unknown', 'parked'],
      { ...suspended, charge: 'waiting', inquire: 'failed', 'a person': 'waiting' },
    ],
    [
      'resolved by a person',
      ['reserved', 'unknown', 'parked', 'tookEffect', 'captured'],
      { ...suspended, charge: 'done', inquire: 'failed', 'a person': 'done' },
    ],
    [
      'parked, as its saga died',
      ['reserved', 'parked'],
      { ...begun, charge: 'waiting', 'a person': 'waiting' },
    ],
    ['resumed before anything was held', ['resumed'], { 'assess-risk': 'under_way' }],
    ['resumed', ['reserved', 'resumed'], { ...begun, charge: 'under_way' }],
    ['mismatched', ['reserved', 'mismatched'], { ...begun, charge: 'done', reverse: 'under_way' }],
    [
      'mismatched, found by the inquiry, and begun anew',
      ['reserved', 'unknown', 'mismatched', 'resumed'],
      { ...suspended, charge: 'done', inquire: 'done', reverse: 'under_way' },
    ],
    [
      'reversed',
      ['reserved', 'mismatched', 'reversed'],
      { ...begun, charge: 'compensated', reverse: 'done', release: 'under_way' },
    ],
    [
      'with a reversal that is unknown',
      ['reserved', 'mismatched', 'unknownReversal'],
      { ...suspended, charge: 'done', reverse: 'waiting', inquire: 'under_way' },
    ],
    [
      'reversed, to its end',
      ['reserved', 'mismatched', 'reversed', 'released', 'failed'],
      { ...undone, charge: 'compensated', reverse: 'done', fail: 'done' },
    ],
  ])('%s', (_name, names, expected) => {
    expect(nodesOf(names)).toEqual(expected);
  });

  it('says by which version a node came to where it is, and what of it', () => {
    const [run] = runsOf(eventsOf('reserved', 'declined', 'released'));
    expect(run && standingOf(run, 'charge')).toEqual({
      state: 'failed',
      note: 'lost_card',
      version: 3,
    });
    expect(run && standingOf(run, 'suspend').state).toBe('not_reached');
  });

  it('remembers which way it went, and why', () => {
    const [run] = runsOf(eventsOf('reserved', 'unknown'));
    expect(Object.fromEntries(run?.taken ?? [])).toEqual({
      [wayOf('assess-risk', 'reserve')]: null,
      [wayOf('reserve', 'charge')]: null,
      [wayOf('charge', 'suspend')]: 'OutcomeUnknown',
      [wayOf('suspend', 'inquire')]: null,
    });
  });

  it('goes back once it begins anew, when what was unknown is known to have been declined', () => {
    const unknown = ['reserved', 'authorized', 'captureRequested', 'captureStarted'] as const;
    const way = [...unknown, 'captureUnknown', 'captureDeclined', 'captureResumed'] as const;
    const waysOf = (names: readonly FactName[]) => [
      ...(runsOf(eventsOf(...names))[1]?.taken ?? []),
    ];
    const back = [wayOf('capture', 'fail-operation'), null];
    expect(waysOf(way)).toContainEqual(back);
    expect(waysOf(way.slice(0, -1))).not.toContainEqual(back);
  });

  it('goes only ways that its table has', () => {
    const runs = [
      eventsOf('reserved', 'mismatched', 'reversed', 'released', 'failed'),
      eventsOf('reserved', 'unknown', 'declined', 'resumed', 'released', 'failed'),
      eventsOf('reserved', 'unknown', 'parked'),
      eventsOf('reserved', 'captured', 'refundRequested', 'refundHeld', 'refundDeclined'),
      eventsOf('reserved', 'authorized', 'captureRequested', 'captureStarted', 'captureDeclined'),
    ].flatMap(runsOf);
    for (const { shape, taken } of runs) {
      const ways = shape.edges.map(({ from, to }) => wayOf(from, to));
      expect(ways).toEqual(expect.arrayContaining([...taken.keys()]));
    }
  });
});

describe('what is asked of a payment later', () => {
  const authorized = ['reserved', 'authorized'] as const;
  const captured = ['reserved', 'captured'] as const;

  it.each<[string, readonly FactName[], Record<string, string>]>([
    ['a capture', [...authorized, 'captureRequested'], { 'begin-operation': 'under_way' }],
    [
      'a capture at the PSP',
      [...authorized, 'captureRequested', 'captureStarted'],
      { 'begin-operation': 'done', capture: 'under_way' },
    ],
    [
      'a capture that is done',
      [...authorized, 'captureRequested', 'captureStarted', 'capturedPart'],
      { 'begin-operation': 'done', capture: 'done' },
    ],
    [
      'a capture that is declined',
      [...authorized, 'captureRequested', 'captureStarted', 'captureDeclined', 'captureFailed'],
      { 'begin-operation': 'done', capture: 'failed', 'fail-operation': 'done' },
    ],
    [
      'a capture that is unknown',
      [...authorized, 'captureRequested', 'captureStarted', 'captureUnknown'],
      {
        'begin-operation': 'done',
        capture: 'waiting',
        'suspend-operation': 'done',
        inquire: 'under_way',
      },
    ],
    [
      'a cancellation',
      [...authorized, 'cancelRequested', 'cancelStarted', 'canceled'],
      { 'begin-operation': 'done', void: 'done' },
    ],
    [
      'a refund',
      [...captured, 'refundRequested', 'refundHeld', 'refunded'],
      { 'hold-refund': 'done', refund: 'done' },
    ],
    [
      'a refund that is declined',
      [
        ...captured,
        'refundRequested',
        'refundHeld',
        'refundDeclined',
        'refundReturned',
        'refundFailed',
      ],
      {
        'hold-refund': 'compensated',
        refund: 'failed',
        'return-refund': 'done',
        'fail-operation': 'done',
      },
    ],
  ])('%s', (_name, names, expected) => {
    expect(nodesOf(names, 1)).toEqual(expected);
    // The payment's own saga is over, whatever becomes of it.
    expect(nodesOf(names)).toEqual({ 'assess-risk': 'done', reserve: 'done', charge: 'done' });
  });

  it('has a saga each, by its operation', () => {
    const runs = runsOf(
      eventsOf(
        ...authorized,
        'captureRequested',
        'captureStarted',
        'capturedPart',
        'refundRequested',
        'refundHeld',
      ),
    );
    expect(runs.map(({ shape, operationId }) => [shape.saga, operationId])).toEqual([
      ['payment', null],
      ['capture', ids.capture],
      ['refund', ids.refund],
    ]);
  });
});
