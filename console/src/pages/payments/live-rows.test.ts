import { describe, expect, it } from 'vitest';
import { liveRows } from './live-rows.ts';

const row = (id: string, status = 'processing') => ({ id, status });
const opened = liveRows(null, [row('b'), row('a')], false);

describe('a list that is read again and again', () => {
  it('marks nothing when it is opened', () => {
    expect(opened).toEqual({ rows: [row('b'), row('a')], fresh: new Set(), held: 0 });
  });

  it('marks what has come since', () => {
    const { rows, fresh } = liveRows(opened, [row('c'), row('b', 'captured'), row('a')], false);
    expect(rows.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect([...fresh]).toEqual(['c']);
  });

  it('keeps the marks until a row is gone from the page', () => {
    const second = liveRows(opened, [row('c'), row('b')], false);
    expect([...liveRows(second, [row('d'), row('c')], false).fresh]).toEqual(['c', 'd']);
    expect([...liveRows(second, [row('e'), row('d')], false).fresh]).toEqual(['e', 'd']);
  });

  it('moves no row while somebody points at it, and shows what is new of those there are', () => {
    const held = liveRows(opened, [row('d'), row('c'), row('b', 'captured')], true);
    expect(held.rows).toEqual([row('b', 'captured'), row('a')]);
    expect(held.held).toBe(2);
  });

  it('shows what waited once nobody does', () => {
    const held = liveRows(opened, [row('c'), row('b')], true);
    const { rows, fresh } = liveRows(held, [row('c'), row('b')], false);
    expect(rows).toEqual([row('c'), row('b')]);
    expect([...fresh]).toEqual(['c']);
  });
});
