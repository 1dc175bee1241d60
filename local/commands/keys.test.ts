import { describe, expect, it } from 'vitest';
import { UsageError } from '../arguments.ts';
import { parseTenant } from './keys.ts';

describe('whose key is made', () => {
  it('is a tenant by its name, or who operates the stage', () => {
    expect(parseTenant(['--tenant', 'acme'])).toBe('acme');
    expect(parseTenant(['--operator'])).toBe('operations');
  });

  it.each([
    [[]],
    [['--tenant']],
    [['--tenant', 'acme', 'globex']],
    [['--operator', 'acme']],
    [['--tenant', 'operations']],
  ])('is not said by %j', (args) => {
    expect(() => parseTenant(args)).toThrow(UsageError);
  });
});
