import { describe, expect, it } from 'vitest';
import { recordLogs } from '../../../test/support/logs.ts';
import { memoryTenantLimits } from '../../adapters/memory/tenant-limits.ts';
import type { RequestLimits } from '../../domain/access/limits.ts';
import type { RateLimit } from '../../domain/provider/rate.ts';
import type { Admit } from '../../ports/access/access.ts';
import type { LeaseTokens } from '../../ports/access/tenant-limits.ts';
import { admitBy } from './admit.ts';

const plenty = { perSecond: 10_000, burst: 10_000 };
const slow = { perSecond: 1, burst: 10 };

/** Processes of a stage over one table, on one clock; what they ask of it is counted. */
function stageOf(limits: Partial<RequestLimits>, lease: LeaseTokens = memoryTenantLimits()) {
  const clock = { ms: 1_700_000_000_000 };
  const asked: string[] = [];
  const counted: LeaseTokens = (what) => {
    asked.push(what.bucket);
    return lease(what);
  };
  return {
    clock,
    asked,
    process: (): Admit =>
      admitBy({
        limits: { stage: plenty, tenant: plenty, tenants: {}, ...limits },
        lease: counted,
        now: () => clock.ms,
      }),
  };
}

const write = { tenant: 'acme', kind: 'write' } as const;
const read = { tenant: 'acme', kind: 'read' } as const;

/** How many of so many requests, one after the other, are let in. */
async function letIn(admit: Admit, request: Parameters<Admit>[0], times: number): Promise<number> {
  let admitted = 0;
  for (let n = 0; n < times; n++) {
    admitted += (await admit(request))?.admitted ? 1 : 0;
  }
  return admitted;
}

describe('a tenant within its limit', () => {
  it('waits for no call, also where the table never answers', async () => {
    const { process, asked } = stageOf({}, () => new Promise(() => {}));
    const admission = await process()(write);
    expect(admission).toMatchObject({ admitted: true, limit: 10_000, remaining: 9_999 });
    expect(asked).toEqual(['acme', '*']);
  });

  it('costs a call in many requests: two a second, when it makes fifty', async () => {
    const { process, asked, clock } = stageOf({ tenant: { perSecond: 1_000, burst: 2_000 } });
    const admit = process();
    await letIn(admit, write, 1);
    clock.ms += 20;
    for (let second = 0; second < 8; second++) {
      asked.length = 0;
      for (let n = 0; n < 50; n++) {
        expect((await admit(write))?.admitted).toBe(true);
        clock.ms += 20;
      }
    }
    expect(asked.length / 50).toBeLessThanOrEqual(4 / 50);
  });

  it('is never refused, however many processes serve it', async () => {
    const { process, clock } = stageOf({ tenant: { perSecond: 100, burst: 200 } });
    const processes = Array.from({ length: 20 }, process);
    for (let n = 0; n < 2_000; n++) {
      clock.ms += 15;
      const admit = processes[(n * 7) % 20] as Admit;
      expect((await admit(n % 3 === 0 ? read : write))?.admitted).toBe(true);
    }
  });
});

describe('a tenant over its limit', () => {
  it('is told when there is room again, and is let in then', async () => {
    const { process, clock, asked } = stageOf({ tenants: { acme: slow } });
    const admit = process();
    expect(await letIn(admit, write, 12)).toBe(10);
    asked.length = 0;
    expect(await admit(write)).toEqual({
      admitted: false,
      by: 'tenant',
      limit: 10,
      remaining: 0,
      resetSeconds: 1,
    });
    expect(asked).toEqual([]);
    clock.ms += 1_000;
    expect((await admit(write))?.admitted).toBe(true);
    expect((await admit(write))?.admitted).toBe(false);
  });

  it('does not keep others from theirs', async () => {
    const { process } = stageOf({ tenants: { acme: slow } });
    const admit = process();
    await letIn(admit, write, 20);
    expect(await letIn(admit, { tenant: 'globex', kind: 'write' }, 20)).toBe(20);
  });

  it.each([1, 5, 40])(
    'gets its limit over %i processes, a request a process more at the most',
    async (count) => {
      const limit: RateLimit = { perSecond: 20, burst: 60 };
      const { process, clock, asked } = stageOf({ tenant: limit });
      const processes = Array.from({ length: count }, process);
      let admitted = 0;
      const seconds = 20;
      for (let tick = 0; tick < seconds * 100; tick++) {
        clock.ms += 10;
        admitted += (await processes[(tick * 13) % count]?.(write))?.admitted ? 1 : 0;
      }
      const worth = limit.burst + limit.perSecond * seconds;
      expect(admitted).toBeLessThanOrEqual(worth + count);
      expect(admitted).toBeGreaterThan(worth * 0.75);
      // A call for each token, and two a second and process for none; the stage's bucket beside them.
      const calls = asked.filter((bucket) => bucket === 'acme').length;
      expect(calls).toBeLessThanOrEqual(admitted + 2 * seconds * count);
    },
  );
});

describe('a table that is slow', () => {
  /** One process that waits for leases: its last one left the bucket less than half full. */
  async function waiting() {
    const clock = { ms: 1_700_000_000_000, stepMs: 0 };
    const table = { tokens: 3, aheadMs: 95_000, takesMs: 1_100, asked: 0 };
    const lease: LeaseTokens = async ({ bucket, tokens }) => {
      if (bucket === '*') {
        return { tokens, tatUs: null };
      }
      table.asked += 1;
      if (table.asked > 50) {
        throw new Error('asked without end');
      }
      clock.ms += table.takesMs;
      return { tokens: table.tokens, tatUs: (clock.ms + table.aheadMs) * 1_000 };
    };
    const admit = admitBy({
      limits: { stage: plenty, tenant: plenty, tenants: { acme: { perSecond: 1, burst: 100 } } },
      lease,
      now: () => {
        clock.ms += clock.stepMs;
        return clock.ms;
      },
    });
    await admit(write);
    clock.ms += 1_000;
    table.asked = 0;
    return { admit, clock, table };
  }

  it('gives leases that are good for a second from when they are there', async () => {
    const { admit, clock, table } = await waiting();
    expect((await admit(write))?.admitted).toBe(true);
    clock.ms += 999;
    expect((await admit(write))?.admitted).toBe(true);
    expect(table.asked).toBe(1);
    clock.ms += 1;
    expect((await admit(write))?.admitted).toBe(true);
    expect(table.asked).toBe(2);
  });

  it('is asked once by a request that it has nothing for, and not at once by the next', async () => {
    const { admit, clock, table } = await waiting();
    table.tokens = 0;
    expect((await admit(write))?.admitted).toBe(false);
    clock.ms += 499;
    expect((await admit(write))?.admitted).toBe(false);
    expect(table.asked).toBe(1);
    clock.ms += 1;
    expect((await admit(write))?.admitted).toBe(false);
    expect(table.asked).toBe(2);
  });

  it('is asked by a request three times at the most, also when each lease has ended before it is used', async () => {
    const { admit, clock, table } = await waiting();
    clock.stepMs = 1_000;
    expect((await admit(write))?.admitted).toBe(false);
    expect(table.asked).toBe(3);
  });

  it('is not said to have room at once, when there is some by what is known', async () => {
    const { admit, table } = await waiting();
    table.tokens = 0;
    expect(await admit(write)).toMatchObject({ admitted: false, remaining: 0, resetSeconds: 1 });
  });
});

describe('reads', () => {
  it('are refused while writes are not: a fifth of the bucket is theirs', async () => {
    const { process } = stageOf({ tenants: { acme: { perSecond: 1, burst: 100 } } });
    const admit = process();
    expect(await letIn(admit, read, 100)).toBe(80);
    const refused = await admit(read);
    expect(refused).toMatchObject({ admitted: false, resetSeconds: 1 });
    expect(await letIn(admit, write, 30)).toBe(20);
  });

  it('do not take what a write has leased of the fifth', async () => {
    const { process } = stageOf({ tenants: { acme: { perSecond: 1, burst: 100 } } });
    const admit = process();
    // The lease under way has eight left then, of what is kept for writes.
    expect(await letIn(admit, write, 87)).toBe(87);
    expect(await letIn(admit, read, 5)).toBe(0);
    expect(await letIn(admit, write, 30)).toBe(13);
  });
});

describe('the stage', () => {
  it('refuses reads of all tenants first, then writes, when it has had its own limit', async () => {
    const { process } = stageOf({ stage: { perSecond: 1, burst: 50 } });
    const admit = process();
    const globex = { tenant: 'globex', kind: 'read' } as const;
    expect(await letIn(admit, read, 60)).toBe(40);
    expect(await admit(globex)).toMatchObject({ admitted: false, by: 'stage', limit: 50 });
    expect(await letIn(admit, { ...globex, kind: 'write' }, 20)).toBe(10);
  });

  it('takes no token of a tenant whose request it refuses', async () => {
    const stage = { perSecond: 1, burst: 10 };
    const { process, clock } = stageOf({ stage, tenants: { acme: { perSecond: 1, burst: 20 } } });
    const admit = process();
    expect(await letIn(admit, write, 200)).toBe(10);
    clock.ms += 10_000;
    expect(await letIn(admit, write, 20)).toBe(10);
  });
});

describe('limits whose table is out of reach', () => {
  const logs = recordLogs();

  it('let everybody in, and say so once a second and bucket', async () => {
    let isAway = true;
    const table = memoryTenantLimits();
    const { process, asked, clock } = stageOf({ tenants: { acme: slow } }, async (lease) => {
      if (isAway) {
        throw new Error('SECRET');
      }
      return table(lease);
    });
    const admit = process();
    expect(await letIn(admit, write, 100)).toBe(100);
    expect(asked).toEqual(['acme', '*']);
    clock.ms += 1_000;
    expect(await letIn(admit, read, 100)).toBe(100);
    expect(asked).toHaveLength(4);
    expect(logs.lines()).toHaveLength(4);
    expect(logs.lines()[0]).toMatchObject({
      level: 'WARN',
      message: 'limits are out of reach',
      bucket: 'acme',
      reason: 'Error',
    });
    isAway = false;
    clock.ms += 1_000;
    expect(await letIn(admit, write, 100)).toBe(10);
  });
});
