import { describe, expect, it } from 'vitest';
import { functionSpecs } from '../../../functions/index.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { consumerOf, consumers } from './consumers.ts';
import { replay } from './group.ts';

const parseReplay = (args: readonly string[], user: string, nowMs: number) =>
  requestOf(replay, args, { user, nowMs });

const id = derivedId('a payment');
const why = 'the list lost rows';
const to = ['--consumer', 'payments-project-list'];
const range = ['--from', '2026-11-21T10:00:00Z', '--to', '2026-11-21T12:00:00+01:00'];
const live = [...to, '--payment', id, '--live', '--reason', why];
const parse = (...args: string[]) => parseReplay(args, 'ann', Date.parse('2026-11-21T11:00:00Z'));

describe('the arguments of replay', () => {
  it('are a sandbox of one payment or payout', () => {
    for (const option of ['--payment', '--payout']) {
      expect(parse(...to, option, id)).toMatchObject({
        stage: 'local',
        json: false,
        consumer: { name: 'payments-project-list' },
        selection: { kind: 'subject', id },
        live: null,
      });
    }
  });

  it('are a time, in UTC', () => {
    const longer = [...range.slice(0, 3), '2026-11-21T12:00:00+01:00'];
    expect(parse(...to, ...longer, '--json', '--stage', 'dev')).toMatchObject({
      stage: 'dev',
      json: true,
      selection: {
        kind: 'range',
        from: '2026-11-21T10:00:00.000Z',
        to: '2026-11-21T11:00:00.000Z',
        tenant: null,
      },
    });
    expect(parse(...to, ...range, '--tenant', 'acme').selection).toMatchObject({ tenant: 'acme' });
  });

  it('are a live one, with what it may do', () => {
    const options = { name: null, position: null, sideEffects: false, reason: why, by: 'ann' };
    expect(parse(...live).live).toEqual({ ...options, perSecond: 50, isSure: false });
    const more = ['--allow-side-effects', '--per-second', '5', '--yes', '--by', ' bob '];
    expect(parse(...live, ...more, '--name', 'friday', '--position', 'p').live).toEqual({
      name: 'friday',
      position: 'p',
      sideEffects: true,
      reason: why,
      by: 'bob',
      perSecond: 5,
      isSure: true,
    });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['nothing', [], /^required option '--consumer <NAME>' not specified$/],
    ['no events', to, /^say which events/],
    ['two kinds of events', [...to, '--payment', id, ...range], /^say which events/],
    ['two of a kind', [...to, '--payment', id, '--payout', id], /^say which events/],
    ['a tenant alone', [...to, '--tenant', 'acme'], /^--from must be a time/],
    ['a payment of a tenant', [...to, '--payment', id, '--tenant', 'acme'], /^say which events/],
    ['no id', [...to, '--payment', 'p1'], /^not the id of a payment or a payout: p1$/],
    ['no end', [...to, ...range.slice(0, 2)], /^--to must be a time/],
    ['no time', [...to, '--from', 'friday', ...range.slice(2)], /^--from must be a time/],
    ['a day', [...to, '--from', '2026-11-21', ...range.slice(2)], /^--from must be a time/],
    ['no such day', [...to, '--from', '2026-13-21T10:00:00Z', ...range.slice(2)], /^--from must/],
    [
      'an end at the start',
      [...to, '--from', '2026-11-21T10:00:00Z', '--to', '2026-11-21T11:00:00+01:00'],
      /^--from must be before --to/,
    ],
    [
      'an end that is to come',
      [...to, ...range.slice(0, 2), '--to', '2026-11-21T11:00:00.001Z'],
      /^--to must not be later than now/,
    ],
    ['no stage', [...to, '--payment', id, '--stage', 'local2'], /^--stage is/],
    ['more', [...to, '--payment', id, 'list'], /list/],
    ['an unknown option', [...to, '--payment', id, '--all'], /--all/],
    ['a short reason', [...to, '--payment', id, '--live', '--reason', 'why'], /^give --reason/],
    ['no reason', [...to, '--payment', id, '--live'], /^give --reason/],
    ['nobody', [...live, '--by', ' '], /^--by is who does it/],
    ['a name that is none', [...live, '--name', 'fri day'], /^--name is/],
    ['a position of nothing', [...live, '--position', 'p'], /^--position goes on/],
    ['no rate', [...live, '--per-second', '0'], /^--per-second is/],
    ['half a rate', [...live, '--per-second', '0.5'], /^--per-second is/],
    ['too great a rate', [...live, '--per-second', '1001'], /^--per-second is/],
  ])('are not %s', (_, args, message) => {
    const parsing = () => parse(...args);
    expect(parsing).toThrow(UsageError);
    expect(parsing).toThrow(message);
  });

  it.each([['--allow-side-effects'], ['--reason', why], ['--yes'], ['--per-second', '5']])(
    'are nothing to a sandbox that is for a live one: %s',
    (...option) => {
      expect(() => parse(...to, '--payment', id, ...option)).toThrow(
        `${option[0]} is for --live: a sandbox sends nothing and writes nothing`,
      );
    },
  );
});

describe('who events are replayed to', () => {
  it('is a consumer of the bus, by its name', () => {
    for (const { name } of consumers) {
      expect(consumerOf(name).name).toBe(name);
    }
    expect(() => consumerOf('payments')).toThrow(
      new UsageError(
        `no consumer is named payments; there are ${consumers.map(({ name }) => name).join(', ')}`,
      ),
    );
  });

  it('is no other function, and it says why, and what there is instead', () => {
    const others = functionSpecs.filter(({ trigger }) => trigger.kind !== 'consumer');
    for (const { name, trigger } of others) {
      const reason = trigger.kind === 'stream' ? /npm run dlq/ : /: it /;
      expect(() => consumerOf(name)).toThrow(reason);
    }
  });
});
