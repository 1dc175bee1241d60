import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditLedger } from '../../shared/domain/audit/audit.ts';
import type { AuditSources } from '../../shared/ports/audit.ts';
import {
  type AuditedWorld,
  auditedWorld,
  happenings,
  historyArbitrary,
  neverOutOfTime,
} from './world/history.ts';
import { liveSources } from './world/live.ts';
import { tamperings } from './world/tampering.ts';

/** At the start of the world's clock: nothing that is in no book is late. */
const started = '2026-01-01T00:00:00.000Z';

const arbitrary = fc.record({
  before: historyArbitrary,
  during: historyArbitrary,
  /** How many turns the others get between two reads, over and over. */
  turns: fc.array(fc.constantFrom(0, 1, 5, 60), { minLength: 1, maxLength: 20 }),
});

type Scene = typeof arbitrary extends fc.Arbitrary<infer T> ? T : never;

async function aWorldAfter({ before }: Scene): Promise<AuditedWorld> {
  const world = auditedWorld();
  for (const happen of happenings(world, before)) {
    await happen();
  }
  return world;
}

/** What an audit reads while others get their turns between any two reads. */
function sourcesInUse(world: AuditedWorld, { turns }: Scene): AuditSources {
  let pauses = 0;
  return liveSources(world, async () => {
    const given = turns[pauses++ % turns.length] ?? 0;
    for (let turn = 0; turn < given; turn++) {
      await null;
    }
  });
}

/** Audits a world while more happens in it. */
async function auditWhileInUse(world: AuditedWorld, { during }: Scene, sources: AuditSources) {
  const before = world.ledger.transfers().length;
  let isOver = false;
  const writing = (async () => {
    for (const happen of [...happenings(world, during), ...happenings(world, during)]) {
      await (isOver ? null : happen());
    }
  })();
  const { found } = await auditLedger(sources, { started, isOutOfTime: neverOutOfTime });
  const written = world.ledger.transfers().length - before;
  isOver = true;
  await writing;
  return { found, written };
}

describe('the audit of a ledger in use', () => {
  it('finds no difference at the first look, whatever is written between its reads', async () => {
    let writtenMeanwhile = 0;
    let looks = 0;
    await fc.assert(
      fc.asyncProperty(arbitrary, async (scene) => {
        const world = await aWorldAfter(scene);
        const sources = sourcesInUse(world, scene);
        const books = () => {
          looks += 1;
          return sources.ledger.books();
        };
        const counted = { ...sources, ledger: { ...sources.ledger, books } };
        const { found, written } = await auditWhileInUse(world, scene, counted);
        expect(found.listed).toEqual([]);
        writtenMeanwhile += written;
      }),
      { numRuns: 150 },
    );
    expect(writtenMeanwhile).toBeGreaterThan(1_500);
    expect(looks).toBe(150);
  });

  it.each(Object.entries(tamperings))('finds %s all the same', async (_, tamper) => {
    let tampered = 0;
    await fc.assert(
      fc.asyncProperty(arbitrary, fc.nat(), async (scene, pick) => {
        const world = await aWorldAfter(scene);
        const done = await tamper(sourcesInUse(world, scene), world, pick);
        if (done) {
          tampered += 1;
          const { found } = await auditWhileInUse(world, scene, done.sources);
          expect(found.listed).toContainEqual(expect.objectContaining(done.expected));
        }
      }),
      { numRuns: 40 },
    );
    expect(tampered).toBeGreaterThan(5);
  });
});
