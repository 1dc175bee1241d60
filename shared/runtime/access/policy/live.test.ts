import { beforeEach, describe, expect, it, vi } from 'vitest';
import { recordLogs } from '../../../../test/support/logs.ts';
import { deny, permit, question } from '../../../../test/support/policies.ts';
import type { PublishedPolicies } from '../../../ports/access/policies.ts';
import * as observability from '../../observability.ts';
import type { Policy } from './engine/set.ts';
import { livePolicies } from './live.ts';

const minuteMs = 60_000;
const own = permit('own', 'resource.tenant == principal.tenant');
const closed = deny('closed', 'true');

/** The policies of one process, with what is published and how often it was asked for. */
function process() {
  const versions = new Map<number, string>();
  const table = { isAway: false, reads: 0 };
  const clock = { ms: 0 };
  const of = (version: number): PublishedPolicies | null => {
    const text = versions.get(version);
    const rest = { hash: '', published: '', by: 'ann', reason: '' };
    return text === undefined ? null : { version, text, ...rest };
  };
  const read = (version: number) => {
    table.reads += 1;
    if (table.isAway) {
      throw new Error('the table is away');
    }
    return of(version);
  };
  const store = {
    active: async () => read(Math.max(0, ...versions.keys())),
    version: async (version: number) => read(version),
  };
  const start = () => {
    const live = livePolicies({
      store,
      builtIn: { policies: [permit('built-in', 'context.stage == "test"')] },
      stage: 'test',
      now: () => clock.ms,
    });
    return async () => (await live())(question({ context: {} })).policies;
  };
  return {
    table,
    clock,
    start,
    publishText: (text: string) => versions.set(versions.size + 1, text),
    publish: (...policies: Policy[]) =>
      versions.set(versions.size + 1, JSON.stringify({ policies })),
    forget: () => versions.clear(),
  };
}

describe('the policies of a process', () => {
  const logs = recordLogs();
  const counted: string[] = [];
  beforeEach(() => {
    counted.length = 0;
    vi.spyOn(observability.metrics, 'addMetric').mockImplementation((name) => {
      counted.push(name);
      return observability.metrics;
    });
  });

  it('are the built-in ones as long as none were published', async () => {
    const { start, clock, publish, forget } = process();
    const decide = start();
    expect(await decide()).toEqual(['built-in']);
    clock.ms += minuteMs;
    expect(await decide()).toEqual(['built-in']);
    publish(own);
    clock.ms += minuteMs;
    expect(await decide()).toEqual(['own']);
    forget();
    clock.ms += minuteMs;
    expect(await decide()).toEqual(['built-in']);
  });

  it('are those that were published last, within a minute and not sooner', async () => {
    const { start, clock, table, publish } = process();
    publish(own);
    const decide = start();
    expect(await decide()).toEqual(['own']);
    publish(own, closed);
    clock.ms = minuteMs - 1;
    expect(await decide()).toEqual(['own']);
    expect(table.reads).toBe(1);
    clock.ms = minuteMs;
    expect(await decide()).toEqual(['closed']);
    expect(table.reads).toBe(2);
  });

  it.each([
    ['are no JSON', '{'],
    ['are of another form', '{"policies": [{"id": "a"}]}'],
    ['do not parse', JSON.stringify({ policies: [permit('a', 'true &&')] })],
    ['are no bool', JSON.stringify({ policies: [permit('a', 'resource.amount')] })],
  ])('stay when those that were published %s, which is said once', async (_, text) => {
    const { start, clock, table, publish, publishText } = process();
    publish(own);
    const decide = start();
    await decide();
    publishText(text);
    for (const minute of [1, 2, 3]) {
      clock.ms = minute * minuteMs;
      expect(await decide()).toEqual(['own']);
    }
    // It has them: those before are not looked for.
    expect(table.reads).toBe(4);
    expect(counted).toEqual(['PolicySetRefused']);
    expect(logs.lines().filter(({ level }) => level === 'ERROR')).toEqual([
      expect.objectContaining({ message: 'policies refused', version: 2 }),
    ]);
    publish(closed);
    clock.ms += minuteMs;
    expect(await decide()).toEqual(['closed']);
  });

  it('stay when the table is away, and are asked for again after seconds', async () => {
    const { start, clock, table, publish } = process();
    publish(own);
    const decide = start();
    await decide();
    publish(closed);
    table.isAway = true;
    clock.ms = minuteMs;
    expect(await decide()).toEqual(['own']);
    expect(await decide()).toEqual(['own']);
    expect(table.reads).toBe(2);
    expect(logs.lines()).toContainEqual(
      expect.objectContaining({ level: 'WARN', message: 'policies not loaded', version: 1 }),
    );
    table.isAway = false;
    clock.ms += 5_000;
    expect(await decide()).toEqual(['closed']);
  });

  it('are the newest that can be used, for a process that has none', async () => {
    const { start, publish, publishText } = process();
    publish(own);
    publish(closed);
    publishText('{');
    expect(await start()()).toEqual(['closed']);
  });

  it('are none where none of the last can be used: nothing is decided', async () => {
    const { start, publish, publishText } = process();
    publish(own);
    for (let n = 0; n < 3; n++) {
      publishText('{');
    }
    await expect(start()()).rejects.toThrow('no policies that can be used');
  });

  it('are none in a process that has none while the table is away, until it is back', async () => {
    const { start, table, publish } = process();
    publish(own);
    table.isAway = true;
    const decide = start();
    await expect(decide()).rejects.toThrow('the table is away');
    table.isAway = false;
    expect(await decide()).toEqual(['own']);
  });
});
