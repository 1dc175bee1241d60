import { describe, expect, it } from 'vitest';
import { requestOf } from '../../program/program.ts';
import { known } from './fault.ts';
import { fault, start } from './group.ts';

const caller = { user: 'me', nowMs: 0 };
const parseStackOptions = (args: readonly string[]) => requestOf(start, args, caller);
const parseFault = (args: readonly string[]) => requestOf(fault, args, caller);

describe('the arguments of the stack’s commands', () => {
  it('reads a port or an endpoint', () => {
    expect(parseStackOptions([])).toEqual({});
    expect(parseStackOptions(['--port', '4600'])).toEqual({ port: 4600 });
    expect(parseStackOptions(['--endpoint=http://localhost:4566/'])).toEqual({
      endpoint: 'http://localhost:4566',
    });
  });

  it.each([
    [['--port', '80'], 'not a port: 80'],
    [['--port', 'abc'], 'not a port: abc'],
    [['--port', '70000'], 'not a port: 70000'],
    [['--endpoint', 'http://10.0.0.1:4566'], 'not on this machine'],
    [['--endpoint', 'http://127.0.0.1:4566', '--port', '4600'], 'with --endpoint none is'],
    [['--verbose'], '--verbose'],
    [['extra'], 'extra'],
  ])('refuses %j', (args, message) => {
    expect(() => parseStackOptions(args)).toThrow(message);
  });

  it('reads a fault', () => {
    expect(parseFault(['charge', 'after-write'])).toEqual({
      functionKey: 'charge',
      at: 'after-write',
      times: 1,
    });
    expect(parseFault(['charge', 'after-write', '3']).times).toBe(3);
  });

  it.each([
    [['charge', 'sometimes'], 'unknown point: sometimes; there are before-write'],
    [['charge', 'after-write', '0'], 'not a number of times: 0'],
    [['charge', 'after-write', '1e2'], 'not a number of times: 1e2'],
    [['charge'], "missing required argument 'point'"],
    [['charge', 'after-write', '1', 'x'], 'too many arguments'],
  ])('refuses the fault %j', (args, message) => {
    expect(() => parseFault(args)).toThrow(message);
  });

  it('know the functions that are deployed', () => {
    const request = parseFault(['other', 'after-write']);
    expect(known({ ...request, functionKey: 'charge' }, ['charge', 'submit'])).toBe('charge');
    expect(() => known(request, ['charge', 'submit'])).toThrow(
      'unknown function: other; there are charge, submit',
    );
  });
});
