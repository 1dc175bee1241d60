import './saga-graph.css';
import { useId } from 'react';
import { type Run, standingOf } from '../../../saga/run.ts';
import type { ShapeNode } from '../../../saga/shape.ts';
import { wayOf } from '../../../saga/walk.ts';
import { nodeLooks } from './node-looks.ts';
import { extentOf, size, spotOf, wayBetween } from './ways.ts';

/**
 * The saga as its table draws it: forward above, the way back below, the wait at the right. The nodes
 * are a list, and read as one; the ways between them are for the eye alone.
 */
export function SagaGraph({ run }: { readonly run: Run }) {
  const { shape } = run;
  const extent = extentOf(shape.nodes);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="ps-graph" aria-label={`The saga ${shape.saga}, scrollable`} tabIndex={0}>
      <div style={{ position: 'relative', ...extent }}>
        <Ways run={run} {...extent} />
        <ul>
          {shape.nodes.map((node) => (
            <TaskNode key={node.name} node={node} run={run} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function TaskNode({ node, run }: { readonly node: ShapeNode; readonly run: Run }) {
  const { state, note } = standingOf(run, node.name);
  const { text, tone, icon: Icon } = nodeLooks[state];
  const { x, y } = spotOf(node);
  return (
    <li
      className={`ps-node ps-node-${state} ps-tone-${tone}`}
      title={`${node.name} ${node.does}.${note === null ? '' : `\n${note}`}`}
      style={{ left: x, top: y, width: size.width, height: size.height }}
    >
      <span className="ps-node-name">{node.name}</span>
      <span className="ps-node-state">
        <Icon size={13} stroke={2} aria-hidden />
        {text}
      </span>
      {note !== null && <span className="ps-node-note">{note}</span>}
    </li>
  );
}

function Ways({
  run: { shape, taken },
  width,
  height,
}: {
  readonly run: Run;
  readonly width: number;
  readonly height: number;
}) {
  const id = useId();
  const byName = new Map(shape.nodes.map((node) => [node.name, node]));
  const ways = shape.edges.flatMap(({ from, to }) => {
    const [a, b] = [byName.get(from), byName.get(to)];
    const name = wayOf(from, to);
    return a && b
      ? [{ name, ...wayBetween(a, b), isTaken: taken.has(name), why: taken.get(name) }]
      : [];
  });
  // Those that were taken lie above those that were not.
  ways.sort((a, b) => Number(a.isTaken) - Number(b.isTaken));
  return (
    <svg width={width} height={height} className="ps-ways" aria-hidden>
      <defs>
        {['way', 'taken'].map((kind) => (
          <marker
            key={kind}
            id={`${id}${kind}`}
            className={`ps-arrow-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0,0 L8,4 L0,8 z" />
          </marker>
        ))}
      </defs>
      {ways.map(({ name, path, isTaken }) => (
        <path
          key={name}
          d={path}
          className={isTaken ? 'ps-way ps-way-taken' : 'ps-way'}
          markerEnd={`url(#${id}${isTaken ? 'taken' : 'way'})`}
        />
      ))}
      {ways.map(({ name, label, why }) =>
        why ? (
          <text key={name} x={label.x} y={label.y} className="ps-way-label">
            {why}
          </text>
        ) : null,
      )}
    </svg>
  );
}
