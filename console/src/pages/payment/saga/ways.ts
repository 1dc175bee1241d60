import type { ShapeNode } from '../../../saga/shape.ts';

/** Pixels: of a node, and between nodes. The margins are for the outlines, and for labels at the top. */
export const size = { width: 166, height: 66, columnGap: 40, rowGap: 48, margin: 4, top: 20 };

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The upper left corner of a node. */
export function spotOf({ column, row }: Pick<ShapeNode, 'column' | 'row'>): Spot {
  return {
    x: size.margin + column * (size.width + size.columnGap),
    y: size.top + row * (size.height + size.rowGap),
  };
}

/** How large the drawing of these nodes is. */
export function extentOf(nodes: readonly ShapeNode[]): {
  readonly width: number;
  readonly height: number;
} {
  const spots = nodes.map(spotOf);
  return {
    width: Math.max(...spots.map(({ x }) => x)) + size.width + size.margin,
    height: Math.max(...spots.map(({ y }) => y)) + size.height + size.margin,
  };
}

/** A way from node to node as an SVG path, and where its label stands. */
export interface Way {
  readonly path: string;
  readonly label: Spot;
}

/** How far beside the middle a way leaves that goes back past a node, so that two do not meet. */
const aside = 34;

/** The way from a node to another: straight where they are beside each other, else around the corner. */
export function wayBetween(from: ShapeNode, to: ShapeNode): Way {
  const [a, b] = [spotOf(from), spotOf(to)];
  const middle = { x: a.x + size.width / 2, y: a.y + size.height / 2 };
  if (from.row === to.row) {
    const isForward = from.column < to.column;
    const start = isForward ? a.x + size.width : a.x;
    const end = isForward ? b.x : b.x + size.width;
    return {
      path: `M${start},${middle.y} H${end}`,
      // Between two nodes there is no room for a word.
      label: { x: (start + end) / 2, y: a.y - 9 },
    };
  }
  const gap = a.y + size.height + size.rowGap / 2;
  if (from.row > to.row) {
    const end = b.x + size.width / 2;
    return {
      path: `M${a.x + size.width},${middle.y} H${end} V${b.y + size.height}`,
      label: { x: end, y: b.y + size.height + size.rowGap / 2 },
    };
  }
  if (from.column === to.column) {
    return {
      path: `M${middle.x},${a.y + size.height} V${b.y}`,
      label: { x: middle.x, y: gap },
    };
  }
  const [start, end] = [middle.x - aside, b.x + size.width / 2 + aside];
  return {
    path: `M${start},${a.y + size.height} V${gap} H${end} V${b.y}`,
    label: { x: (start + end) / 2, y: gap },
  };
}
