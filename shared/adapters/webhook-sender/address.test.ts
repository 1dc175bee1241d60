import { describe, expect, it } from 'vitest';
import { isSameAddress, reachOf } from './address.ts';

describe('an address', () => {
  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:81b::200e',
    '2001:4860:4860::8888',
  ])('%s is public', (address) => {
    expect(reachOf(address)).toBe('public');
  });

  it.each(['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1'])(
    '%s is loopback',
    (address) => {
      expect(reachOf(address)).toBe('loopback');
    },
  );

  it.each([
    ['unspecified', '0.0.0.0'],
    ['of this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.0.1'],
    ['shared by a carrier', '100.64.0.1'],
    ['shared by a carrier', '100.127.255.255'],
    ['link-local', '169.254.0.1'],
    ["the cloud's metadata", '169.254.169.254'],
    ["the cloud's credentials", '169.254.170.2'],
    ['for protocols', '192.0.0.192'],
    ['for documentation', '192.0.2.1'],
    ['for documentation', '198.51.100.1'],
    ['for documentation', '203.0.113.1'],
    ['a 6to4 relay', '192.88.99.1'],
    ['for benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', '239.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['IPv4-compatible', '::7f00:1'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-compatible, of a public one', '::8.8.8.8'],
    ['IPv4-mapped', '::ffff:127.0.0.1'],
    ['IPv4-mapped', '::ffff:a9fe:a9fe'],
    ['IPv4-mapped, of a public one', '::ffff:8.8.8.8'],
    ['IPv4-translated', '::ffff:0:7f00:1'],
    ['NAT64', '64:ff9b::a9fe:a9fe'],
    ['NAT64, of a public one', '64:ff9b::808:808'],
    ['NAT64 of a network', '64:ff9b:1::a00:1'],
    ['discarded', '100::1'],
    ['Teredo', '2001:0:a9fe:a9fe::1'],
    ['for benchmarks', '2001:2::1'],
    ['ORCHID', '2001:20::1'],
    ['for documentation', '2001:db8::1'],
    ['for documentation', '3fff::1'],
    ['6to4', '2002:7f00:1::'],
    ['6to4, of a public one', '2002:808:808::1'],
    ['not handed out', '4000::1'],
    ['for segment routing', '5f00::1'],
    ['unique local', 'fc00::1'],
    ["the cloud's metadata", 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
  ])('that is %s (%s) is internal', (_, address) => {
    expect(reachOf(address)).toBe('internal');
  });

  it.each(['', 'localhost', '127.1', '0x7f.0.0.1', '010.0.0.1', '2130706433', '2606:4700::1%eth0'])(
    'in another notation than the system gives (%j) is internal',
    (text) => {
      expect(reachOf(text)).toBe('internal');
    },
  );

  it('is the same in each notation of it, and no other', () => {
    expect(isSameAddress('2606:4700:0:0:0:0:0:1', '2606:4700::1')).toBe(true);
    expect(isSameAddress('1.1.1.1', '1.1.1.1')).toBe(true);
    expect(isSameAddress('1.1.1.1', '1.1.1.2')).toBe(false);
    expect(isSameAddress('1.1.1.1', '::ffff:1.1.1.1')).toBe(false);
    expect(isSameAddress('', '')).toBe(false);
  });
});
