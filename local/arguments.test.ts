import { describe, expect, it } from 'vitest';
import { parseFault, parseStackOptions } from './arguments.ts';
import { apiUrl } from './stack.ts';
import { isSupervisor } from './supervision/supervision.ts';
import { assertAwsTarget, assertLocalTarget, parseLoopbackEndpoint } from './target.ts';

describe('the target of a deployment', () => {
  it.each(['http://127.0.0.1:4566', 'http://localhost:4566/', 'http://[::1]:4566'])(
    'takes %s as this machine',
    (endpoint) => {
      expect(parseLoopbackEndpoint(endpoint)).toBe(endpoint.replace(/\/$/, ''));
      expect(() => assertLocalTarget(endpoint, '000000000000')).not.toThrow();
    },
  );

  it.each([
    'http://192.168.1.7:4566',
    'http://127.0.0.1.example.com:4566',
    'http://user@127.0.0.1:4566',
    'https://127.0.0.1:4566',
    'http://127.0.0.1',
    'http://127.0.0.1:99999',
    'http://127.0.0.1:4566/path',
    'ftp://127.0.0.1:21',
    '127.0.0.1:4566',
    '',
  ])('refuses %s', (endpoint) => {
    expect(() => assertLocalTarget(endpoint, '000000000000')).toThrow();
  });

  it('refuses an account that is not the emulator’s', () => {
    expect(() => assertLocalTarget('http://127.0.0.1:4566', '123456789012')).toThrow(
      'answers for account 123456789012',
    );
  });

  it('refuses AWS while an endpoint is set, for all services or one', () => {
    expect(() => assertAwsTarget({ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: '' })).not.toThrow();
    const set = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566', AWS_ENDPOINT_URL_S3: 'x' };
    expect(() => assertAwsTarget(set)).toThrow('AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 is set');
  });
});

describe('an endpoint on another machine', () => {
  it.each(['http://10.0.0.1:80', 'http://10.0.0.1:4566', 'https://example.com'])(
    '%s is refused for that',
    (endpoint) => {
      expect(() => parseLoopbackEndpoint(endpoint)).toThrow('is not on this machine');
    },
  );
});

describe('arguments', () => {
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
    const known = ['charge', 'submit'];
    expect(parseFault(['charge', 'after-write'], known)).toEqual({
      functionKey: 'charge',
      at: 'after-write',
      times: 1,
    });
    expect(parseFault(['charge', 'after-write', '3'], known).times).toBe(3);
  });

  it.each([
    [['other', 'after-write'], 'unknown function: other; there are charge'],
    [['charge', 'sometimes'], 'unknown point: sometimes; there are before-write'],
    [['charge', 'after-write', '0'], 'not a number of times: 0'],
    [['charge', 'after-write', '1e2'], 'not a number of times: 1e2'],
    [['charge'], 'give a function'],
    [['charge', 'after-write', '1', 'x'], 'give a function'],
  ])('refuses the fault %j', (args, message) => {
    expect(() => parseFault(args, ['charge'])).toThrow(message);
  });
});

describe('the stack', () => {
  const endpoint = 'http://127.0.0.1:4566';

  it('finds an API by its output, at an address that resolves anywhere', () => {
    const outputs = {
      one: { Other: 'x' },
      two: {
        Cloud: 'https://abc123.execute-api.localhost.localstack.cloud:4566/v1/',
        Local: `${endpoint}/_aws/execute-api/abc123/v1`,
      },
    };
    expect(apiUrl(outputs, 'Cloud', endpoint)).toBe(`${endpoint}/_aws/execute-api/abc123/v1`);
    expect(apiUrl(outputs, 'Local', endpoint)).toBe(`${endpoint}/_aws/execute-api/abc123/v1`);
    expect(() => apiUrl(outputs, 'Other', endpoint)).toThrow('not the address of a REST API');
    expect(() => apiUrl(outputs, 'Missing', endpoint)).toThrow('no stack has an output');
  });

  it('does not take a stranger for its supervisor', () => {
    expect(isSupervisor(process.pid, 'a-token-that-is-not-mine')).toBe(false);
    expect(isSupervisor(process.pid, '')).toBe(false);
    expect(isSupervisor(process.pid, null)).toBe(false);
    expect(isSupervisor(4_194_999, 'x')).toBe(false);
  });
});
