import { describe, expect, it } from 'vitest';
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
