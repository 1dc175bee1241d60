import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../saga/shape.ts';
import { extentOf, size, spotOf, wayBetween } from './ways.ts';

const names = ['payment', 'capture', 'cancel', 'refund'] as const;

describe.each(names)('the drawing of the saga %s', (name) => {
  const { nodes, edges } = shapeOf(name);
  const byName = new Map(nodes.map((node) => [node.name, node]));

  it('has each node at a place of its own, inside', () => {
    const { width, height } = extentOf(nodes);
    const places = nodes.map((node) => `${node.column} ${node.row}`);
    expect(new Set(places).size).toBe(nodes.length);
    for (const { x, y } of nodes.map(spotOf)) {
      expect(x >= 0 && x + size.width <= width && y >= 0 && y + size.height <= height).toBe(true);
    }
  });

  it('has ways between neighbours alone, so that none goes through a node', () => {
    for (const { from, to } of edges) {
      const [a, b] = [byName.get(from), byName.get(to)];
      expect([from, to, a && b && Math.abs(a.column - b.column) <= 1]).toEqual([from, to, true]);
    }
  });
});

describe('a way', () => {
  const node = (column: number, row: number) =>
    ({ name: 'n', role: 'step', does: '', column, row }) as const;

  it('goes straight to the node beside and below', () => {
    expect(wayBetween(node(0, 0), node(1, 0)).path).toBe('M170,53 H210');
    expect(wayBetween(node(1, 1), node(0, 1)).path).toBe('M210,167 H170');
    expect(wayBetween(node(0, 0), node(0, 1)).path).toBe('M87,86 V134');
  });

  it('goes around the corner to any other', () => {
    expect(wayBetween(node(1, 0), node(0, 1)).path).toBe('M259,86 V110 H121 V134');
    expect(wayBetween(node(0, 1), node(1, 0)).path).toBe('M170,167 H293 V86');
  });
});
