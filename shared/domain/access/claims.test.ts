import { describe, expect, it } from 'vitest';
import { claimantOf } from './claims.ts';

const tenant = 'https://paysaga/tenant';
const claims = { sub: 'ada', [tenant]: 'acme' };

describe('who a token is of', () => {
  it('is a merchant’s, unless it says of which role', () => {
    expect(claimantOf(claims)).toEqual({
      tenant: 'acme',
      id: 'jwt:ada',
      role: 'merchant',
      scopes: [],
    });
    expect(claimantOf({ ...claims, role: 'clerk' })).toMatchObject({ role: 'clerk' });
  });

  it.each([
    [{ scope: 'payments:read ledger:*' }, ['payments:read', 'ledger:*']],
    [{ scopes: ['payments:read', '*'] }, ['payments:read', '*']],
    [
      { scope: 'payments:read', scopes: ['payments:read', 'refunds:write'] },
      ['payments:read', 'refunds:write'],
    ],
    [{ scope: 'openid  email payments:everything *:* :*' }, []],
    [{ scope: ['payments:read'], scopes: 'payments:read' }, []],
    [{ scopes: [1, null, ['payments:read'], 'ledger:read'] }, ['ledger:read']],
  ])('may do what %j says that we know', (said, scopes) => {
    expect(claimantOf({ ...claims, ...said })?.scopes).toEqual(scopes);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject with a line in it', { sub: 'ada\nlevel: ERROR' }],
    ['a subject beyond ASCII', { sub: 'àda' }],
    ['a subject that is too long', { sub: 'a'.repeat(256) }],
    ['a number for a subject', { sub: 1 }],
    ['no tenant', { [tenant]: undefined }],
    ['no name of a tenant', { [tenant]: 'Acme' }],
    ['a list of tenants', { [tenant]: ['acme'] }],
    ['a role that is no name', { role: 'Operator' }],
    ['a list of roles', { role: ['merchant'] }],
    ['a role that is null', { role: null }],
    ['a merchant who operates the stage', { role: 'operator' }],
    ['operators without their role', { [tenant]: 'operations' }],
    ['operators with another role', { [tenant]: 'operations', role: 'merchant' }],
  ])('is nobody with %s', (_, changed) => {
    const given: Record<string, unknown> = { ...claims, ...changed };
    expect(claimantOf(given)).toBeNull();
  });

  it('is an operator by tenant and role', () => {
    expect(claimantOf({ ...claims, [tenant]: 'operations', role: 'operator' })).toMatchObject({
      tenant: 'operations',
      role: 'operator',
    });
  });

  it('is not read from what every object has', () => {
    const names = { tenant: 'constructor', role: 'toString' };
    expect(claimantOf({ sub: 'ada' }, names)).toBeNull();
  });
});
