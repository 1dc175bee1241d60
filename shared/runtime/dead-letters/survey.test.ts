import { describe, expect, it } from 'vitest';
import { delivered, edges } from '../../../test/support/dead-letters/letters.ts';
import { deadLetterWorld } from '../../../test/support/dead-letters/world.ts';
import { mayBeBehind, type Surveyed, survey } from './survey.ts';

const asFound = async (found: readonly Surveyed[]) => found;

/** Twenty-five letters of one queue and one of another; `letters` are examined before the time is short. */
async function withTimeFor(letters: number) {
  const world = deadLetterWorld();
  const { event } = await world.pay();
  const ids = Array.from({ length: 25 }, () => world.queues.add(edges.list, delivered(event)));
  world.queues.add(edges.notices, 'poison');
  let examined = 0;
  const deps = {
    ...world.deps,
    readStory: async (subject: Parameters<typeof world.deps.readStory>[0]) => {
      examined += 1;
      return world.deps.readStory(subject);
    },
    remainingMs: () => (examined < letters ? 5_000 : 4_999),
  };
  return { ...world, deps, ids };
}

describe('a survey', () => {
  it('examines all there is as long as there is time', async () => {
    const { deps } = await withTimeFor(26);
    const found = await survey(deps, [edges.list, edges.notices], null, asFound);
    expect(found.map(({ cases, more }) => [cases.length, more])).toEqual([
      [25, false],
      [1, false],
    ]);
  });

  it('ends a list while there is time to answer, says that there is more, and gives all back', async () => {
    const { deps } = await withTimeFor(15);
    const found = await survey(deps, [edges.list, edges.notices], null, asFound);
    expect(found.map(({ edge, cases, more }) => [edge.name, cases.length, more])).toEqual([
      [edges.list.name, 20, true],
      [edges.notices.name, 0, true],
    ]);
    expect(mayBeBehind(found)).toBe(true);
    const { letters } = await deps.queues.take(edges.list, 100);
    expect(letters).toHaveLength(25);
  });

  it('examines a letter that is named, however little time is left', async () => {
    const { deps, ids } = await withTimeFor(0);
    const [id = ''] = ids;
    const [found] = await survey(deps, [edges.list], new Set([id]), asFound);
    expect(found?.cases.map(({ letter }) => letter.id)).toEqual([id]);
    expect(found?.more).toBe(false);
  });
});
