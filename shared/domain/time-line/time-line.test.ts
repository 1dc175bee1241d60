import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { eventsOf, histories, transfersBy } from '../../../test/support/payments/told.ts';
import { type PaymentEvent, paymentEventTypes } from '../../contracts/events/payment-events.ts';
import type { Delivery } from '../webhook/delivery.ts';
import type { Moment } from './moment.ts';
import type { Execution } from './sagas.ts';
import { type Known, timeLineOf } from './time-line.ts';
import { sentenceOf } from './words.ts';

/** What is known of a payment of which only the events and their transfers are there. */
function known(events: readonly PaymentEvent[], more: Partial<Known> = {}): Known {
  return {
    events,
    until: null,
    executions: [],
    reports: new Map(),
    stored: null,
    deliveries: [],
    missing: [],
    ...more,
  };
}

const saying = (moments: readonly Moment[], source: Moment['source']) =>
  moments.filter((moment) => moment.source === source).map(({ says }) => says);

const at = (ms: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + ms).toISOString();

describe('the words of an event', () => {
  const [accepted] = eventsOf();
  const all = [
    accepted as PaymentEvent,
    ...Object.values(facts).map(
      (fact) =>
        ({
          ...accepted,
          type: fact.type,
          data: { ...fact.facts, payment: accepted?.data.payment },
        }) as PaymentEvent,
    ),
  ];

  it('are there for every type', () => {
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(paymentEventTypes));
    for (const event of all) {
      const says = sentenceOf(event);
      expect(says).toMatch(/^\S.{10,}[^:\s]$/);
      expect(says).not.toMatch(/undefined|null|\[object/);
    }
  });

  it('say amounts with their currency', () => {
    for (const event of all.filter(({ data }) => 'amount' in data)) {
      expect(sentenceOf(event)).toMatch(/EUR \d/);
    }
  });

  it('say nothing of who pays, nor what the merchant wrote for itself', () => {
    const [event] = eventsOf();
    const request = {
      ...(event as Extract<PaymentEvent, { type: 'payment.accepted' }>).data.request,
      customer: { id: 'cus-7', personal_data: null },
      metadata: { note: 'for Ann' },
    };
    const says = sentenceOf({ ...event, data: { ...event?.data, request } } as PaymentEvent);
    expect(says).not.toMatch(/cus-7|Ann/);
  });
});

describe('a time line', () => {
  it.each(Object.entries(histories))('tells a payment that is %s from end to end', (_, names) => {
    const events = eventsOf(...names);
    const line = timeLineOf(known(events, { stored: transfersBy(...names) }));
    expect(line.payment).toEqual(events.at(-1)?.data.payment);
    expect(saying(line.moments, 'event')).toEqual(events.map(sentenceOf));
    expect(saying(line.moments, 'posting')).toHaveLength(transfersBy(...names).length);
    const wrong = line.moments.filter(({ isWrong }) => isWrong);
    expect(wrong).toEqual(
      line.moments.filter(
        ({ source, says }) => source === 'psp' && !/approved as|done$/.test(says),
      ),
    );
    const times = line.moments.map(({ time }) => time);
    expect(times).toEqual([...times].sort());
    expect(line.moments[0]?.after_ms).toBe(0);
  });

  it('puts an answer of the PSP before the event of it, and the postings behind that', () => {
    const events = eventsOf('reserved', 'captured');
    const line = timeLineOf(known(events, { stored: transfersBy('reserved', 'captured') }));
    expect(line.moments.map(({ source }) => source)).toEqual([
      'event',
      'event',
      'posting',
      'psp',
      'event',
      'posting',
      'posting',
    ]);
  });

  it('says what the ledger lacks, and what it has otherwise', () => {
    const events = eventsOf('reserved', 'captured');
    const [hold, capture, fee] = transfersBy('reserved', 'captured');
    if (!hold || !capture || !fee) throw new Error('there are three');
    const stored = [hold, { ...fee, amountMinor: 1 }];
    const wrong = timeLineOf(known(events, { stored })).moments.filter(({ isWrong }) => isWrong);
    expect(wrong.map(({ refers, says }) => [refers.transfer, says])).toEqual([
      [capture.id, expect.stringContaining('the ledger does not have it')],
      [fee.id, expect.stringContaining('the ledger has it otherwise')],
    ]);
  });

  it('names a call by what it was for, with what the PSP says of it at the last', () => {
    const events = eventsOf('reserved', 'busy', 'captured');
    const [charge] = eventsOf('reserved', 'busy').flatMap(({ data }) =>
      'operation_id' in data ? [data.operation_id] : [],
    );
    const told = (effects: number) =>
      timeLineOf(
        known(events, { reports: new Map([[charge ?? '', { effects, outcome: 'captured' }]]) }),
      ).moments.filter(({ source }) => source === 'psp');
    expect(told(1).map(({ says }) => says)).toEqual([
      'charge at psp: busy, nothing done',
      'charge at psp: approved as ch_1; the PSP counts 1 effect, captured',
    ]);
    expect(told(1).map(({ isWrong = false }) => isWrong)).toEqual([true, false]);
    expect(told(2).map(({ isWrong = false }) => isWrong)).toEqual([true, true]);
    const none = timeLineOf(known(events, { reports: new Map([[charge ?? '', null]]) }));
    expect(saying(none.moments, 'psp').at(-1)).toMatch(/the PSP knows nothing of it$/);
  });

  const execution: Execution = {
    machine: 'payment',
    name: 'one',
    started: at(1),
    ended: at(900),
    status: 'SUCCEEDED',
    steps: [
      {
        name: 'charge',
        tries: [
          { started: at(10), ended: at(360), error: 'ProviderBusy' },
          { started: at(500), ended: at(620), error: null },
        ],
      },
      { name: 'fail', tries: [{ started: at(700), ended: null, error: null }] },
    ],
  };

  it('has each try of each step of an execution, with what came of it', () => {
    const { moments } = timeLineOf(known(eventsOf(), { executions: [execution] }));
    expect(saying(moments, 'saga')).toEqual([
      'payment: an execution begins',
      'payment: charge, try 1 of 2: ProviderBusy after 0.35 s',
      'payment: charge, try 2 of 2: done in 0.12 s',
      'payment: fail: runs',
      'payment: the execution ended as SUCCEEDED',
    ]);
    const failed = { ...execution, status: 'FAILED' };
    const wrong = timeLineOf(known(eventsOf(), { executions: [failed] })).moments;
    expect(wrong.flatMap(({ isWrong, says }) => (isWrong ? [says] : []))).toEqual([
      'payment: charge, try 1 of 2: ProviderBusy after 0.35 s',
      'payment: the execution ended as FAILED',
    ]);
  });

  it('has each try of a webhook, and when the next one is due', () => {
    const [event] = eventsOf();
    const delivery = {
      id: 'd',
      endpointId: 'we',
      event: { id: event?.id, type: 'payment.accepted', subject: 'p', sequence: 1 },
      status: 'pending',
      attempts: [
        { number: 1, time: at(100), status: 500, reason: null, durationMs: 20 },
        { number: 2, time: at(200), status: null, reason: 'no route', durationMs: null },
      ],
      nextAt: at(60_000),
      created: at(5),
    } as unknown as Delivery;
    const of = (change: Partial<Delivery>) =>
      saying(
        timeLineOf(known(eventsOf(), { deliveries: [{ ...delivery, ...change }] })).moments,
        'webhook',
      ).map((says) => says.replace('payment.accepted (event 1) to we', 'it'));
    expect(of({})).toEqual([
      'it, try 1: answered 500 in 0.02 s',
      'it, try 2: no route',
      `it: to be tried again at ${at(60_000)}`,
    ]);
    expect(of({ attempts: [], nextAt: at(5) })).toEqual(['it: pending, not tried yet']);
    expect(of({ status: 'abandoned', nextAt: null })).toHaveLength(2);
  });

  it('ends where the look ends', () => {
    const events = eventsOf();
    const { moments } = timeLineOf(known(events, { executions: [execution], until: at(10) }));
    expect(moments.map(({ time }) => time)).toEqual([at(1), events[0]?.time, at(10)]);
  });

  it('knows nothing, where the look ends, of what came later', () => {
    const events = eventsOf('reserved', 'busy', 'captured');
    const reports = new Map(
      events.flatMap(({ data }) =>
        'operation_id' in data
          ? [[data.operation_id, { effects: 1, outcome: 'refunded' }] as const]
          : [],
      ),
    );
    const until = at(400);
    const { moments } = timeLineOf(
      known(events, {
        reports,
        until,
        executions: [
          {
            ...execution,
            steps: [
              { name: 'charge', tries: [{ started: at(10), ended: at(401), error: 'Declined' }] },
            ],
          },
        ],
      }),
    );
    expect(saying(moments, 'saga')).toEqual([
      'payment: an execution begins',
      'payment: charge: runs',
    ]);
    expect(saying(moments, 'psp').join()).not.toContain('the PSP');
    expect(saying(moments, 'psp')).toHaveLength(2);
  });
});
