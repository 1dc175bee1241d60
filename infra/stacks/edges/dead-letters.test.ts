import { describe, expect, it } from 'vitest';
import { functionSpecs, simulatorSpecs } from '../../../functions/index.ts';
import { DeadLetterEdge, edgeOutputSuffix } from '../../../shared/contracts/dead-letters/edge.ts';
import { stageNames, stages } from '../../stages.ts';
import { type Synthesized, synthesized } from '../../testing/synth.ts';

/** A value with what CloudFormation fills in: a reference as the id of what it refers to. */
function filledIn(stage: Synthesized, value: unknown): string {
  const followed = stage.followed(value);
  if (typeof followed === 'string') {
    return followed;
  }
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = followed as Record<string, unknown>;
  if (join) {
    const [separator, parts] = join as [string, unknown[]];
    return parts.map((part) => filledIn(stage, part)).join(separator);
  }
  return attribute ? (attribute as string[]).join('.') : String(Ref);
}

/** The edges that the outputs of a stage's stacks name. */
function catalogueOf(stage: Synthesized): DeadLetterEdge[] {
  return stage.templates
    .flatMap((template) => Object.entries(template.findOutputs('*')))
    .filter(([name]) => name.endsWith(edgeOutputSuffix))
    .map(([, { Value }]) => DeadLetterEdge.parse(JSON.parse(filledIn(stage, Value))));
}

/** The ids of the queues in which something ends for good. */
function deadLetterQueues(stage: Synthesized): Set<string> {
  const arns = [
    ...stage
      .named('AWS::SQS::Queue')
      .map(([, { RedrivePolicy }]) => RedrivePolicy?.deadLetterTargetArn),
    ...[
      ...stage.named('AWS::Lambda::EventSourceMapping'),
      ...stage.named('AWS::Lambda::EventInvokeConfig'),
    ].map(([, { DestinationConfig }]) => DestinationConfig?.OnFailure.Destination),
    ...stage
      .named('AWS::Events::Rule')
      .flatMap(([, { Targets }]) => Targets)
      .map(({ DeadLetterConfig }) => DeadLetterConfig?.Arn),
    ...stage
      .named('AWS::Lambda::Function')
      .map(([, { DeadLetterConfig }]) => DeadLetterConfig?.TargetArn),
  ].filter((arn) => arn !== undefined);
  return new Set(arns.map((arn) => filledIn(stage, arn).replace(/\.Arn$/, '')));
}

describe.each(stageNames)('the catalogue of edges of %s', (name) => {
  const stage = synthesized(name);
  const catalogue = catalogueOf(stage);

  it('has every queue in which something ends, and no other', () => {
    const queues = catalogue.map(({ queue_url }) => queue_url);
    expect(new Set(queues)).toEqual(deadLetterQueues(stage));
    expect(new Set(queues).size).toBe(queues.length);
  });

  it('ends in queues that those who handle dead letters may read, which no other queue is', () => {
    const dead = deadLetterQueues(stage);
    for (const [id, { QueueName }] of stage.named('AWS::SQS::Queue')) {
      expect(/^paysaga-.+-dead$/.test(QueueName ?? ''), id).toBe(dead.has(id));
    }
  });

  it('keeps its queues as long as the stage keeps what is on record', () => {
    const kept = stage.templates
      .flatMap((template) => Object.entries(template.findResources('AWS::SQS::Queue')))
      .filter(([id]) => deadLetterQueues(stage).has(id))
      .map(([, { DeletionPolicy }]) => DeletionPolicy);
    const expected = stages[name].removal === 'retain' ? 'Retain' : 'Delete';
    expect([...new Set(kept)]).toEqual([expected]);
  });

  it('has a name for each, that of its function or its queue', () => {
    const specs = [...functionSpecs, ...(stages[name].simulator ? simulatorSpecs : [])];
    const names = specs.flatMap(({ name: own, trigger }) => {
      switch (trigger.kind) {
        case 'consumer':
          return [own, `${own}-undelivered`];
        case 'stream':
        case 'schedule':
          return [own];
        case 'queue':
          return [trigger.queue.replaceAll('_', '-')];
        default:
          return [];
      }
    });
    expect(catalogue.map((edge) => edge.name).sort()).toEqual(names.sort());
  });

  it('says where a letter came from, and which function gave it up', () => {
    const functions = stage
      .named('AWS::Lambda::Function')
      .map(([, { FunctionName }]) => FunctionName);
    const mappings = stage.named('AWS::Lambda::EventSourceMapping').map(([, mapping]) => mapping);
    for (const edge of catalogue) {
      expect(functions, edge.name).toContain(edge.function);
      const spec = [...functionSpecs, ...simulatorSpecs].find(
        (one) => edge.function === `paysaga-${name}-${one.name}`,
      );
      if (edge.kind === 'stream') {
        expect(spec?.trigger).toMatchObject({ filters: edge.filters, batchSize: edge.batch_size });
        const arns = mappings.map((mapping) => filledIn(stage, mapping.EventSourceArn));
        expect(arns).toContain(edge.stream_arn);
        expect(edge.stream_arn).toMatch(/StreamArn$/);
      } else if (edge.kind === 'schedule') {
        expect(spec?.trigger).toEqual({ kind: 'schedule', schedule: edge.schedule });
      } else {
        const mapping = mappings.find(
          ({ EventSourceArn }) => filledIn(stage, EventSourceArn) === `${edge.source_url}.Arn`,
        );
        expect(mapping?.FunctionName.Ref, edge.name).toBe(stage.functionOf(spec?.name ?? '')[0]);
      }
    }
  });

  it('fits into what CloudFormation and its tools show of an output', () => {
    for (const edge of catalogue) {
      expect(JSON.stringify(edge).length, edge.name).toBeLessThan(1_024);
    }
  });
});
