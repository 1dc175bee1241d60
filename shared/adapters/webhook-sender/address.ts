import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where an address leads: to the internet, to this machine, or to anything else. */
export type Reach = 'public' | 'loopback' | 'internal';

/** IPv6 hands out addresses of the internet from here alone (IANA, "IPv6 Global Unicast"). */
const globalUnicast = [ipaddr.IPv6.parse('2000::'), 3] as const;

/**
 * Where an address leads, by IANA's registries of special-purpose addresses. What is not known to
 * be public is internal. That includes whatever carries an IPv4 address inside (mapped, compatible,
 * translated, NAT64, 6to4, Teredo), also a public one: a tunnel or a translator would unpack it out
 * of our sight, and no host on the internet has such an address alone.
 */
export function reachOf(address: string): Reach {
  // The system's notation only: the library also reads octal, hex and short forms, and zones.
  if (isIP(address) === 0 || address.includes('%')) {
    return 'internal';
  }
  const ip = ipaddr.parse(address);
  const range = ip.range();
  if (range === 'loopback') {
    return 'loopback';
  }
  // The library calls `unicast` whatever it has no name for: ::7f00:1 and 4000::1 as well.
  const known = ip instanceof ipaddr.IPv6 ? ip.match(...globalUnicast) : true;
  return range === 'unicast' && known ? 'public' : 'internal';
}

/** Tells whether two texts are one address: IPv6 has many for each. */
export function isSameAddress(one: string, other: string): boolean {
  return (
    isIP(one) !== 0 &&
    isIP(one) === isIP(other) &&
    ipaddr.parse(one).toNormalizedString() === ipaddr.parse(other).toNormalizedString()
  );
}
