import { describe, expect, it } from 'vitest';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { bench } from './group.ts';

const caller = { user: 'ada', nowMs: 0 };

describe('bench', () => {
  it('measures the sections that are named, or all of them', () => {
    expect(requestOf(bench, ['--only', 'handlers,init'], caller)).toMatchObject({
      only: ['handlers', 'init'],
      write: false,
    });
    expect(requestOf(bench, ['--write'], caller)).toMatchObject({ only: undefined, write: true });
  });

  it('does not write a page of which a part was not measured', () => {
    expect(() => requestOf(bench, ['--only', 'init', '--write'], caller)).toThrow(UsageError);
  });

  it('knows no other section', () => {
    expect(() => requestOf(bench, ['--only', 'speed'], caller)).toThrow('no section speed');
  });
});
