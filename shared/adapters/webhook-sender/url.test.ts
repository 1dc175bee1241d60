import { describe, expect, it } from 'vitest';
import { checkWebhookUrl, webhookTarget } from './url.ts';

const notHttps = 'the url is not https';
const notOnInternet = 'the host is not on the internet';
const badPort = 'the port is neither 443 nor 1024 or higher';

describe('the url of a webhook', () => {
  it.each([
    'https://hooks.example.com',
    'https://hooks.example.com/paysaga?tenant=1',
    'https://HOOKS.EXAMPLE.COM:443/',
    'https://hooks.example.com:8443/',
    'https://bücher.example/',
    'https://1.1.1.1/',
    'https://[2606:4700:4700::1111]:8443/',
    'https://localhost.example.com/',
    'https://internal.example.com/',
  ])('may be %s', (url) => {
    expect(checkWebhookUrl(url, {})).toEqual({ ok: true });
    expect(checkWebhookUrl(url, { allowLoopback: true })).toEqual({ ok: true });
  });

  it.each([
    ['', notHttps],
    ['hooks.example.com', notHttps],
    ['//hooks.example.com', notHttps],
    ['https://', notHttps],
    ['https://256.1.1.1/', notHttps],
    ['https://[fe80::1%25eth0]/', notHttps],
    ['http://hooks.example.com/', badPort],
    ['http://hooks.example.com:8080/', notHttps],
    ['http://hooks.example.com:443/', notHttps],
    ['ftp://hooks.example.com/', notHttps],
    ['file:///etc/passwd', notHttps],
    ['gopher://127.0.0.1:6379/_FLUSHALL', notHttps],
    ['data:text/plain,x', notHttps],
    ['https://user@hooks.example.com/', 'the url has a user or a password'],
    ['https://user:secret@hooks.example.com/', 'the url has a user or a password'],
    ['https://:secret@hooks.example.com/', 'the url has a user or a password'],
    ['https://hooks.example.com@127.0.0.1/', 'the url has a user or a password'],
    ['https://hooks.example.com/#part', 'the url has a fragment'],
    ['https://hooks.example.com/#', 'the url has a fragment'],
    ['https://hooks.example.com:0/', badPort],
    ['https://hooks.example.com:22/', badPort],
    ['https://hooks.example.com:80/', badPort],
    ['https://hooks.example.com:1023/', badPort],
    [' https://hooks.example.com/', 'the url has white space or control characters'],
    ['https://hooks.exam\tple.com/', 'the url has white space or control characters'],
    ['https://hooks.example.com/\r\nX: y', 'the url has white space or control characters'],
    ['https://hooks.example.com/\u0000', 'the url has white space or control characters'],
    ['https://hooks/', notOnInternet],
    ['https://hooks.example.com./', notOnInternet],
    ['https://printer.local/', notOnInternet],
    ['https://router.home.arpa/', notOnInternet],
    ['https://metadata.google.internal/', notOnInternet],
    ['https://ip-10-0-0-1.eu-central-1.compute.internal/', notOnInternet],
    [`https://hooks.example.com/${'a'.repeat(2_048)}`, 'the url is longer than 2048 characters'],
  ])('may not be %j: %s', (url, reason) => {
    expect(checkWebhookUrl(url, {})).toEqual({ ok: false, reason });
    expect(checkWebhookUrl(url, { allowLoopback: true })).toEqual({ ok: false, reason });
  });

  it('has its host where the parser that connects sees it', () => {
    const target = webhookTarget('https://hooks.example.com\\@127.0.0.1/', {});
    expect(target).toMatchObject({ ok: true, host: 'hooks.example.com', reach: 'public' });
  });
});

describe('a url of this machine', () => {
  const urls = [
    'http://127.0.0.1:4566/hooks',
    'http://localhost:4566/hooks',
    'http://shop.localhost:4566/hooks',
    'http://[::1]:4566/hooks',
    'https://localhost:8443/hooks',
    'http://2130706433:4566/hooks',
  ];

  it.each(urls)('may be %s in the local stage', (url) => {
    expect(webhookTarget(url, { allowLoopback: true })).toMatchObject({
      ok: true,
      reach: 'loopback',
    });
  });

  it.each(urls)('may not be %s elsewhere', (url) => {
    expect(checkWebhookUrl(url, {})).toEqual({ ok: false, reason: notOnInternet });
  });

  it.each([
    'http://10.0.0.1:4566/',
    'http://[::ffff:127.0.0.1]:4566/',
    'http://0.0.0.0:4566/',
    'http://169.254.169.254:4566/',
    'http://localhost.localdomain:4566/',
    'http://localhost.:4566/',
  ])('is not %s in any stage', (url) => {
    expect(checkWebhookUrl(url, { allowLoopback: true })).toEqual({
      ok: false,
      reason: notOnInternet,
    });
  });
});
