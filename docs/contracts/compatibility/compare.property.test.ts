import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readsVersion } from '../../../shared/contracts/events/upcast.ts';
import { compareReleases } from './compare.ts';
import { consumersOf } from './consumers.ts';
import { presentContracts } from './present.ts';
import type { Release } from './release.ts';
import { objectSchemasOf, valueAt, withMember, withoutMember } from './testing/edit.ts';

const present = presentContracts();
const consumers = consumersOf();

const compared = (after: Release) =>
  compareReleases({ name: '1.0.0', before: present, after, consumers, readsVersion });

const schemas = objectSchemasOf(present);
const sent = schemas.filter((pointer) => /^\/input\/|\/(?:body|query)\b/.test(pointer));
const read = schemas.filter((pointer) => !sent.includes(pointer));

/** Every member of every object that any contract has in it. */
const members = schemas.flatMap((schema) =>
  Object.keys((valueAt(present, schema) as { properties: object }).properties).map((name) => ({
    schema,
    name,
  })),
);

describe('the real contracts', () => {
  it('are compatible with themselves', () => {
    expect(compared(structuredClone(present))).toEqual([]);
    expect(members.length).toBeGreaterThan(500);
  });

  it('break when any member of anything is gone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...members), ({ schema, name }) => {
        const found = compared(withoutMember(present, schema, name));
        const [first] = found;
        expect(first?.change).toBe('member_removed');
        expect(found.every(({ pointer }) => pointer.endsWith(`/properties/${name}`))).toBe(true);
        expect(found.every(({ consumers: who }) => who.length > 0)).toBe(true);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('break nobody when more can be sent', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sent), (schema) => {
        expect(compared(withMember(present, schema, 'x-new', { required: false }))).toEqual([]);
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  it('break nobody when more is read', () => {
    fc.assert(
      fc.property(fc.constantFrom(...read), (schema) => {
        expect(compared(withMember(present, schema, 'x-new', { required: false }))).toEqual([]);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('break the events that are stored, and nothing else, when what is read has one more for sure', () => {
    fc.assert(
      fc.property(fc.constantFrom(...read), (schema) => {
        const found = compared(withMember(present, schema, 'x-new', { required: true }));
        expect(new Set(found.map(({ kind }) => kind)).has('endpoint')).toBe(false);
        expect(found.every(({ change }) => change === 'version_not_raised')).toBe(true);
        const isOfEvent = /Event\b|\/Payment$|\/Payout$|\/Failure$/.test(schema);
        expect(isOfEvent || found.length === 0).toBe(true);
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});
