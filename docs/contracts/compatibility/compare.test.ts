import { describe, expect, it } from 'vitest';
import { functionSpecs } from '../../../functions/index.ts';
import { readsVersion } from '../../../shared/contracts/events/upcast.ts';
import { compareReleases, type ReadsVersion } from './compare.ts';
import { consumersOf } from './consumers.ts';
import { type BreakingChange, breakingChanges, type Finding, sentenceOf } from './finding.ts';
import { presentContracts } from './present.ts';
import type { Release } from './release.ts';
import { edited, withMember } from './testing/edit.ts';
import { events } from './testing/events.ts';
import { read } from './testing/read.ts';
import { sent } from './testing/sent.ts';
import { request, type Tried, withOne } from './testing/tried.ts';

const present = presentContracts();

function compared(
  after: Release,
  before: Release = present,
  reads: ReadsVersion = readsVersion,
): readonly Finding[] {
  return compareReleases({
    name: '1.0.0',
    before,
    after,
    consumers: consumersOf(functionSpecs),
    readsVersion: reads,
  });
}

const tried: readonly Tried[] = [...sent(present), ...read(present), ...events(present)];

/** What the contracts were before, for a change that the contracts have made already. */
const before: Partial<Record<BreakingChange, Release>> = {
  members_closed: edited(present, `${request}/additionalProperties`, () => undefined),
};

/** Nothing makes a version that is not the present one into it. */
const readsPresent: ReadsVersion = (type, version) =>
  type.startsWith('payment.captured') ? false : readsVersion(type, version);

describe('a breaking change', () => {
  it.each(tried)('is found when $what', ({ after, is, contract, pointer, breaks }) => {
    const reads = is === 'version_without_upcaster' ? readsPresent : readsVersion;
    const found = compared(after, before[is], reads);
    const own = found.find(
      (one) => one.contract === contract && one.pointer === pointer && one.change === is,
    );
    expect(own, JSON.stringify(found.slice(0, 5), null, 2)).toBeDefined();
    const sentence = sentenceOf(own as Finding);
    const of = own?.kind === 'event' ? `1.0.0 (version ${own.version})` : '1.0.0';
    expect(sentence).toContain(`${contract} of ${of} at ${pointer || '/'}: ${is}, `);
    expect(sentence).toContain(breakingChanges[is]);
    expect(sentence).toContain(breaks);
  });

  it('is tried here, of each kind that there is', () => {
    expect(new Set(tried.map(({ is }) => is))).toEqual(new Set(Object.keys(breakingChanges)));
  });
});

describe('a change that breaks nobody', () => {
  it.each<[string, Release]>([
    ['nothing', present],
    ['another endpoint', edited(present, '/endpoints/getHealth2', () => otherEndpoint())],
    ['a member that may be sent', withMember(present, request, 'note', { required: false })],
    ['a member that is read', withMember(present, '/output/Refund', 'note', { required: true })],
    [
      'another event',
      edited(present, '/events/payment.noted', () => present.events['payment.failed']),
    ],
    ['another error', edited(present, '/errors/teapot', () => ({ status: 418, problem: {} }))],
    [
      'an error that an endpoint can give too',
      edited(present, '/endpoints/getPayment/errors', withOne('invalid_state')),
    ],
    [
      'another member of a problem',
      withMember(present, '/errors/amount_too_large/problem', 'most', { required: true }),
    ],
    [
      'a parameter of any form',
      edited(present, '/endpoints/getPayment/parameters/0/pattern', () => undefined),
    ],
    [
      'on the bus what webhooks alone carried',
      edited(present, '/events/webhook_endpoint.disabled/bus', () => ({
        source: 'paysaga.webhooks',
        detail_type: 'webhook_endpoint.disabled',
      })),
    ],
    [
      'a later version of what webhooks alone carry',
      edited(present, '/events/webhook_endpoint.disabled/version', () => 2),
    ],
    ['more that is taken', edited(present, '/input/Amount/maximum', () => 10 ** 15)],
    [
      'a value that is taken',
      edited(present, `${request}/properties/capture_method/enum`, withOne('later')),
    ],
    [
      'null that is taken',
      edited(present, `${request}/properties/amount`, (amount) => ({
        anyOf: [amount, { type: 'null' }],
      })),
    ],
    [
      'a form that is not asked for',
      edited(present, `${request}/properties/payment_method/pattern`, () => undefined),
    ],
    [
      'a currency that callers can use',
      edited(present, '/output/CurrencyCode/enum', withOne('ZZZ')),
    ],
    [
      'another name of a parameter',
      edited(present, '/endpoints/getPayment/path', () => '/payments/{id}'),
    ],
    ['another name of an endpoint', renamed()],
    [
      'another name of a schema',
      JSON.parse(JSON.stringify(present).replaceAll('Payment"', 'Pay"')),
    ],
    ['no scope', edited(present, '/endpoints/getPayment/scope', () => null)],
    [
      'a header that is heeded',
      edited(present, '/endpoints/listPayments/takes', withOne('If-None-Match')),
    ],
    [
      'another text of an answer’s description',
      edited(present, '/output/Amount/description', () => 'Money.'),
    ],
  ])('is not found: %s', (_name, after) => {
    expect(compared(after)).toEqual([]);
  });
});

function otherEndpoint(): unknown {
  return { ...present.endpoints.getHealth, path: '/health2' };
}

function renamed(): Release {
  const { getPayment, ...others } = present.endpoints;
  return { ...present, endpoints: { ...others, readPayment: getPayment } } as Release;
}
