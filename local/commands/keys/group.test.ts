import { describe, expect, it } from 'vitest';
import { merchantGrants, operatorGrants } from '../../../shared/domain/access/key.ts';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { keys } from './group.ts';

const parseKeys = (args: readonly string[], user: string, nowMs: number) =>
  requestOf(keys, args, { user, nowMs });

const nowMs = Date.parse('2026-11-21T10:00:00.000Z');
const parse = (line: string) => parseKeys(line.split(' ').filter(Boolean), 'me', nowMs);

const common = { stage: 'local', json: false };
const signed = { by: 'me', reason: '' };
const create = {
  ...common,
  kind: 'create',
  tenant: 'acme',
  role: 'merchant',
  scopes: merchantGrants,
  expires: null,
  ...signed,
};
const operator = { tenant: 'operations', role: 'operator', scopes: operatorGrants };
const rotate = { ...common, kind: 'rotate', id: 'k', tenant: 'acme', ...signed };
const why = '--reason=seen_in_a_log';

describe('the arguments of keys', () => {
  it.each([
    ['create --stage dev --tenant acme', { ...create, stage: 'dev' }],
    ['create --stage dev --operator', { ...create, ...operator, stage: 'dev' }],
    ['create --operator --scopes *', { ...create, ...operator }],
    [
      'create --tenant acme --scopes payments:read,ledger:*,payments:read --role clerk --json',
      { ...create, json: true, role: 'clerk', scopes: ['payments:read', 'ledger:*'] },
    ],
    ['create --tenant acme --expires 90d', { ...create, expires: '2027-02-19T10:00:00.000Z' }],
    ['create --tenant acme --expires 12h', { ...create, expires: '2026-11-21T22:00:00.000Z' }],
    [
      'create --tenant acme --expires 2027-01-31',
      { ...create, expires: '2027-01-31T00:00:00.000Z' },
    ],
    [
      'create --tenant acme --expires 2027-01-31T12:30:00Z',
      { ...create, expires: '2027-01-31T12:30:00.000Z' },
    ],
    ['create --tenant acme --by ada --reason new', { ...create, by: 'ada', reason: 'new' }],
    ['list', { ...common, kind: 'list', tenant: null }],
    ['list --tenant acme --stage prod', { ...common, stage: 'prod', kind: 'list', tenant: 'acme' }],
    ['list --operator', { ...common, kind: 'list', tenant: 'operations' }],
    ['rotate k --tenant acme', { ...rotate, graceMs: 86_400_000 }],
    ['rotate k --tenant acme --grace 0', { ...rotate, graceMs: 0 }],
    ['rotate k --operator --grace 30m', { ...rotate, tenant: 'operations', graceMs: 1_800_000 }],
    [
      `revoke k --tenant acme ${why}`,
      { ...common, kind: 'revoke', tenant: 'acme', id: 'k', by: 'me', reason: 'seen_in_a_log' },
    ],
    ['tenants create acme', { ...common, kind: 'tenants create', name: 'acme', ...signed }],
    ['tenants list --json', { ...common, json: true, kind: 'tenants list' }],
  ])('are: %s', (line, command) => {
    expect(parse(line)).toEqual(command);
  });

  it.each([
    '',
    'make',
    'toString',
    'tenants',
    'tenants make acme',
    'create',
    'create --tenant',
    'create --tenant acme globex',
    'create --tenant acme --tenant globex',
    'create --operator acme',
    'create --operator --tenant acme',
    'create --tenant operations',
    'create --tenant Acme',
    'create --tenant -acme',
    `create --tenant ${'a'.repeat(33)}`,
    'create --tenant acme --stage local2',
    'create --tenant acme --role operator',
    'create --operator --role merchant',
    'create --tenant acme --role Clerk',
    'create --tenant acme --scopes payments:all',
    'create --tenant acme --scopes payments:read,',
    'create --tenant acme --expires tomorrow',
    'create --tenant acme --expires 0',
    'create --tenant acme --expires 90',
    'create --tenant acme --expires 2026-11-21',
    'create --tenant acme --expires 2026-13-01',
    'create --tenant acme --expires 99999d',
    'create --tenant acme --grace 24h',
    'create --tenant acme --by=',
    'list acme',
    'list --by ada',
    'rotate --tenant acme',
    'rotate k',
    'rotate k l --tenant acme',
    'rotate k --tenant acme --grace forever',
    'rotate k --tenant acme --grace=-1h',
    'rotate k --tenant acme --scopes *',
    'revoke k --tenant acme',
    'revoke k --tenant acme --reason short',
    `revoke k ${why}`,
    `revoke --tenant acme ${why}`,
    'tenants create',
    'tenants create operations',
    'tenants create Acme',
    'tenants create acme globex',
    'tenants list acme',
  ])('are not: %s', (line) => {
    expect(() => parse(line)).toThrow(UsageError);
  });
});
