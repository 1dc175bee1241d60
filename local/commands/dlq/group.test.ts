import { describe, expect, it } from 'vitest';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { dlq } from './group.ts';

const parseDlq = (args: readonly string[], user: string) =>
  requestOf(dlq, args, { user, nowMs: 0 });

const common = { stage: 'local', json: false };
const redrive = {
  ...common,
  kind: 'redrive',
  ids: [],
  queue: null,
  isReal: false,
  force: null,
  by: 'me',
};

describe('the arguments of dlq', () => {
  it.each([
    ['list', { ...common, kind: 'list', queue: null }],
    [
      'list --queue payments-relay --json --stage dev',
      { stage: 'dev', json: true, kind: 'list', queue: 'payments-relay' },
    ],
    ['show a', { ...common, kind: 'show', id: 'a' }],
    ['log --stage prod', { ...common, stage: 'prod', kind: 'log' }],
    ['redrive', redrive],
    ['redrive a b', { ...redrive, ids: ['a', 'b'] }],
    ['redrive --all --yes', { ...redrive, isReal: true }],
    [
      'redrive --queue payments-relay --yes --by ada',
      { ...redrive, queue: 'payments-relay', isReal: true, by: 'ada' },
    ],
    [
      'redrive a --yes --force --reason 0123456789',
      { ...redrive, ids: ['a'], isReal: true, force: '0123456789' },
    ],
    [
      'discard a --reason 0123456789',
      { ...common, kind: 'discard', id: 'a', reason: '0123456789', by: 'me' },
    ],
    [
      'discard a --reason=_0123456789_ --by=ada',
      { ...common, kind: 'discard', id: 'a', reason: '_0123456789_', by: 'ada' },
    ],
  ])('are: %s', (line, command) => {
    expect(parseDlq(line.split(' '), 'me')).toEqual(command);
  });

  it.each([
    '',
    'lists',
    'list a',
    'list --yes',
    'list --stage local2',
    'show',
    'show a b',
    'show a --queue b',
    'log a',
    'redrive a --queue b',
    'redrive a --all',
    'redrive --all --queue b',
    'redrive --yes',
    'redrive a --force',
    'redrive a --force --reason short',
    'redrive a --reason 0123456789',
    'discard --reason 0123456789',
    'discard a',
    'discard a --reason short',
    'discard a --reason',
    'discard a --reason --by=somebody',
    'discard a b --reason 0123456789',
    'discard a --reason 0123456789 --by=',
    'discard a --reason 0123456789 --yes',
    'toString',
  ])('are not: %s', (line) => {
    expect(() => parseDlq(line.split(' ').filter(Boolean), 'me')).toThrow(UsageError);
  });

  it('do not take blanks for a reason', () => {
    const args = ['discard', 'a', '--reason', `a${' '.repeat(20)}`];
    expect(() => parseDlq(args, 'me')).toThrow(/10 characters/);
  });
});
