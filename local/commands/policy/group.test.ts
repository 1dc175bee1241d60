import { describe, expect, it } from 'vitest';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { policy } from './group.ts';

const parsePolicy = (args: readonly string[], user: string, now: string) =>
  requestOf(policy, args, { user, nowMs: Date.parse(now) });

const now = '2026-01-05T12:00:00.000Z';
const parse = (...args: readonly string[]) => parsePolicy(args, 'ann', now);
const who = ['--principal', 'tenant=acme'];
const asked = ['check', ...who, '--action', 'refunds:create'];

describe('the arguments of policy', () => {
  it('are a question about a merchant’s own, with nobody’s approval, unless they say otherwise', () => {
    expect(parse(...asked)).toEqual({
      kind: 'check',
      policies: 'policies/default.json',
      published: false,
      stage: 'local',
      json: false,
      question: {
        principal: { tenant: 'acme', id: 'key:what-if', role: 'merchant', scopes: ['*'] },
        action: 'refunds:create',
        resource: { type: 'refunds', tenant: 'acme' },
        context: { time: now, stage: 'prod', approved_by: null },
      },
    });
  });

  it.each([
    ['amount=5, tenant=globex,flag=true', { amount: 5, tenant: 'globex', flag: true }],
    ['id=a=b', { id: 'a=b', tenant: 'acme' }],
    ['{"amount": 5, "lines": [1]}', { amount: 5, lines: [1], tenant: 'acme' }],
    ['', { tenant: 'acme' }],
  ])('take attributes as %s', (resource, expected) => {
    expect(parse(...asked, '--resource', resource)).toMatchObject({
      question: { resource: { type: 'refunds', ...expected } },
    });
  });

  it('take a principal as it is said, and a context', () => {
    const principal = { tenant: 'operations', id: 'jwt:o', role: 'operator', scopes: ['ledger:*'] };
    expect(
      parse(
        ...['check', '--principal', JSON.stringify(principal), '--action', 'ledger:read'],
        ...['--context', 'approved_by=key:b,stage=dev', '--published', '--stage', 'dev', '--json'],
      ),
    ).toMatchObject({
      published: true,
      stage: 'dev',
      json: true,
      question: { principal, context: { approved_by: 'key:b', stage: 'dev', time: now } },
    });
  });

  it('are files to test, the tests beside the policies', () => {
    expect(parse('test')).toEqual({
      kind: 'test',
      policies: 'policies/default.json',
      cases: 'policies/default.cases.json',
      json: false,
    });
    expect(parse('test', '--policies', 'mine.json')).toMatchObject({ cases: 'mine.cases.json' });
    expect(parse('test', '--cases', 'c.json')).toMatchObject({ cases: 'c.json' });
  });

  it('are a set to publish, by who is at the machine, and only with --yes', () => {
    const reason = 'the limit is lower';
    expect(parse('publish', '--reason', ` ${reason} `)).toMatchObject({
      stage: 'local',
      reason,
      by: 'ann',
      yes: false,
    });
    expect(
      parse('publish', '--reason', reason, '--by', 'bob', '--yes', '--stage', 'prod'),
    ).toMatchObject({ stage: 'prod', by: 'bob', yes: true });
  });

  it('are a version to show, the live one when none is named', () => {
    expect(parse('show')).toEqual({ kind: 'show', stage: 'local', version: null, json: false });
    expect(parse('show', '--version', '7')).toMatchObject({ version: 7 });
  });

  it.each([
    [[]],
    [['list']],
    [['check']],
    [['check', ...who]],
    [['check', ...who, '--action', 'refunds']],
    [['check', '--action', 'refunds:create']],
    [['check', '--principal', 'role=operator', '--action', 'refunds:create']],
    [['check', '--principal', 'tenant=acme,name=x', '--action', 'refunds:create']],
    [
      [
        'check',
        '--principal',
        '{"tenant": "acme", "scopes": ["all"]}',
        '--action',
        'refunds:create',
      ],
    ],
    [[...asked, '--resource', 'amount']],
    [[...asked, '--resource', '{"amount"']],
    [[...asked, '--policies', 'a.json', '--published']],
    [[...asked, '--stage', 'staging']],
    [['test', 'all']],
    [['test', '--stage', 'dev']],
    [['publish']],
    [['publish', '--reason', 'short']],
    [['publish', '--reason', 'long enough', '--by', ' ']],
    [['show', '--version', '0']],
    [['show', '--version', 'last']],
  ])('are not %j', (args) => {
    expect(() => parse(...args)).toThrow(UsageError);
  });
});
