import { functionSpecs } from '../functions/index.ts';
import { stages } from '../infra/stages.ts';
import type { InquiryMachine } from '../shared/domain/saga/inquiry.ts';
import { type SagaNode, sagaNodes, type Target } from '../shared/domain/saga/routes.ts';
import type { Saga } from '../shared/domain/saga/table.ts';

/** A saga as a section: who calls whom in which order, and the table of its tasks. */
export function flow(saga: Saga): string {
  return [`## ${saga.name}`, '', startedBy(saga), '', sequence(saga), '', tasks(saga)].join('\n');
}

/** The events that start a machine, for the first time and anew. */
function startedBy({ startedBy: [first, ...anew] }: Pick<Saga, 'startedBy'>): string {
  const again = anew.map((type) => `; begun anew by \`${type}\``).join('');
  return `Started by \`${first}\`${again}.`;
}

/** An inquiry as a section: what starts it, and when it asks at each stage. */
export function inquiryFlow({ name, startedBy: types, task }: InquiryMachine): string {
  return [
    `## ${name}`,
    '',
    `Started by \`${types.join('`, `')}\`. The task \`${task.name}\` ${task.does}.`,
    '',
    '```mermaid',
    'flowchart LR',
    `  start((start)) --> wait --> ${task.name}`,
    `  ${task.name} -- "known, or parked" --> succeeded((succeeded))`,
    `  ${task.name} -. "${task.again}, any fault" .-> wait`,
    '```',
  ].join('\n');
}

/** When the inquiries of each stage ask. */
export function inquirySchedules(): string {
  return [
    '| stage | waits before it asks | knows of nothing, for good, after |',
    '|---|---|---|',
    ...Object.values(stages).map(
      ({ name, inquiry }) =>
        `| ${name} | ${inquiry.waitsMs.map(inWords).join(', ')}; then it is parked | ${inWords(inquiry.settleWindowMs)} |`,
    ),
  ].join('\n');
}

function inWords(ms: number): string {
  const [amount, unit] =
    ms % 3_600_000 === 0
      ? [ms / 3_600_000, 'h']
      : ms % 60_000 === 0
        ? [ms / 60_000, 'min']
        : [ms / 1_000, 's'];
  return `${amount} ${unit}`;
}

/** What each task does, how long it may take, and where its answers lead. */
export function tasks(saga: Saga): string {
  return [
    '| task | what it does | limit | refusals | a fault, after its retries |',
    '|---|---|---|---|---|',
    ...sagaNodes(saga).map(
      (node) =>
        `| \`${node.task.name}\` | ${node.task.does} | ${node.task.timeoutMs / 1_000} s | ${refusals(node)} | ${targetName(node.onFault)} |`,
    ),
  ].join('\n');
}

function refusals(node: SagaNode): string {
  return Object.entries(node.onOutcome)
    .map(([name, target]) => {
      const retries = node.task.outcomes[name]?.retry?.retries;
      return `\`${name}\`${retries ? ` (${retries} retries)` : ''} -> ${targetName(target)}`;
    })
    .join('<br>');
}

function targetName(target: Target): string {
  return target.to === 'task' ? `\`${target.name}\`` : target.result;
}

/** The way forward as solid arrows, every other way as a dotted one with the names that lead there. */
export function flowchart(saga: Saga): string {
  const lines = ['```mermaid', 'flowchart LR', `  start((start)) --> ${saga.steps[0]?.name}`];
  for (const node of sagaNodes(saga)) {
    const from = node.task.name;
    lines.push(`  ${from} --> ${nodeName(node.onSuccess)}`);
    for (const [target, names] of waysOff(node)) {
      lines.push(`  ${from} -. "${names.join(', ')}" .-> ${nodeName(target)}`);
    }
  }
  return [...lines, '```'].join('\n');
}

function nodeName(target: Target): string {
  return target.to === 'task' ? target.name : `${target.result}((${target.result}))`;
}

/** Where a task leads when it does not succeed, each with the names that lead there. */
function waysOff(node: SagaNode): [Target, string[]][] {
  const ways = new Map<string, [Target, string[]]>();
  for (const [name, target] of [
    ...Object.entries(node.onOutcome).filter(([outcome]) => outcome !== 'Superseded'),
    ['any fault', node.onFault] as const,
  ]) {
    const key = nodeName(target);
    ways.set(key, [target, [...(ways.get(key)?.[1] ?? []), name]]);
  }
  return [...ways.values()];
}

/** The saga as calls: the way forward, and at each step what happens instead. */
function sequence(saga: Saga): string {
  const nodes = new Map(sagaNodes(saga).map((node) => [node.task.name, node]));
  const lines: string[] = [];
  for (const { name } of saga.steps) {
    const node = nodes.get(name) as SagaNode;
    lines.push(...callOf(name));
    for (const [target, names] of waysOff(node)) {
      lines.push(`  break ${names.join(', ')}`, ...backFrom(target, nodes), '  end');
    }
  }
  return [
    '```mermaid',
    'sequenceDiagram',
    `  participant saga as saga ${saga.name}`,
    ...lines,
    `  Note over saga: ${saga.name} succeeded`,
    '```',
  ].join('\n');
}

/** The tasks from a target to the end, if each of them succeeds. */
function backFrom(target: Target, nodes: ReadonlyMap<string, SagaNode>): string[] {
  if (target.to === 'end') {
    return [
      `    Note over saga: ${target.result === 'failed' ? 'fails, with an alarm, for a person' : target.result}`,
    ];
  }
  const node = nodes.get(target.name) as SagaNode;
  return [
    ...callOf(target.name).map((line) => `  ${line}`),
    ...(node.onSuccess.to === 'task' ? backFrom(node.onSuccess, nodes) : []),
  ];
}

/** A task as a call of the context whose function it is, and of who that asks outside. */
function callOf(task: string): string[] {
  const spec = functionSpecs.find(
    ({ trigger }) => trigger.kind === 'saga-task' && trigger.task === task,
  );
  if (!spec) {
    throw new Error(`no function is the task ${task}`);
  }
  const context = spec.name.split('-')[0] ?? '';
  const outside = spec.callsProvider ? 'PSP' : spec.callsBank ? 'bank' : null;
  return [
    `  saga->>${context}: ${task}`,
    ...(outside ? [`  ${context}->>${outside}: under the operation's id`] : []),
  ];
}
