import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { beforeAll, describe, expect, it } from 'vitest';
import { AlarmTopic } from '../../constructs/alarms/alarm-topic.ts';
import { stageNames, stages } from '../../stages.ts';
import { type Synthesized, synthesized } from '../../testing/synth.ts';

const runbook = readFileSync(join(import.meta.dirname, '../../../docs/runbook.md'), 'utf8');
const [head = '', ...sections] = runbook.split(/^## /m);
const entries = new Map(sections.map((section) => [section.split('\n')[0] ?? '', section]));

/** The descriptions of a stage's alarms, composite ones and their parts included, by name. */
function descriptionsOf(stage: Synthesized): [string, string][] {
  return ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
    stage
      .named(type)
      .map(([, { AlarmName, AlarmDescription }]): [string, string] => [
        AlarmName,
        AlarmDescription,
      ]),
  );
}

describe.each(stageNames)('the runbook, for stage %s', (name) => {
  let alarms: [string, string][];
  beforeAll(() => {
    alarms = descriptionsOf(synthesized(name));
  }, 120_000);

  it('has an entry for every alarm, to which the alarm’s text links', () => {
    expect(alarms.length).toBeGreaterThan(50);
    for (const [alarm, text] of alarms) {
      const slug = /^.{20,} Runbook: docs\/runbook\.md#([a-z-]+)$/.exec(text)?.[1] ?? '';
      expect(entries.has(slug), `${alarm}: ${text}`).toBe(true);
    }
  });

  it('has names by which alarms are told apart, and texts that CloudWatch takes', () => {
    expect(new Set(alarms.map(([alarm]) => alarm)).size).toBe(alarms.length);
    for (const [alarm, text] of alarms) {
      expect(alarm).toMatch(new RegExp(`^paysaga-${name}-[A-Za-z0-9_-]{1,200}$`));
      expect(text.length, alarm).toBeLessThanOrEqual(1_024);
    }
  });

  it('says what a letter of each dead-letter queue means', () => {
    const edges = synthesized(name).templates.flatMap((template) =>
      Object.entries(template.findOutputs('*'))
        .filter(([output]) => output.endsWith('Edge'))
        .map(([, { Value }]) =>
          /"name":"([a-z-]+)"/.exec(JSON.stringify(Value).replaceAll('\\', '')),
        ),
    );
    expect(edges.length).toBeGreaterThan(15);
    for (const edge of edges) {
      expect(entries.get('dead-letters')).toContain(`\`${edge?.[1]}\``);
    }
  });
});

describe('an entry of the runbook', () => {
  it('is there for an alarm', () => {
    const linked = new Set(
      descriptionsOf(synthesized('prod')).map(([, text]) => text.split('#').at(-1)),
    );
    expect([...entries.keys()].sort()).toEqual([...linked].sort());
  }, 120_000);

  it.each([...entries.keys()])('%s says what it means, what is at risk, and what to do', (slug) => {
    const text = entries.get(slug) ?? '';
    for (const part of ['Means.', 'At risk.', 'First.', 'Do.', 'Over.']) {
      expect(text, part).toContain(`**${part}**`);
    }
  });

  it('is found by every link of the page', () => {
    for (const [, slug] of runbook.matchAll(/\]\(#([a-z-]+)\)/g)) {
      expect(entries.has(slug ?? ''), slug).toBe(true);
    }
    expect(head).toContain('infra/stacks/edges/runbook.test.ts');
  });
});

describe('where the runbook is', () => {
  it('is told by who deploys', () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'stack');
    const alarms = new AlarmTopic(stack, 'Alarms', {
      stage: stages.dev,
      email: 'someone@example.com',
      runbookUrl: 'https://wiki.example.com/paysaga',
    });
    alarms.raise(stack, 'Something', {
      metric: new Metric({ namespace: 'Paysaga', metricName: 'Any' }),
      threshold: 1,
      says: 'Something is wrong.',
      runbook: 'dead-letters',
    });
    expect(
      Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')),
    ).toEqual([
      expect.objectContaining({
        Properties: expect.objectContaining({
          AlarmName: 'stack-Something',
          AlarmDescription:
            'Something is wrong. Runbook: https://wiki.example.com/paysaga#dead-letters',
        }),
      }),
    ]);
    expect(alarms.raised).toEqual([{ name: 'stack-Something', runbook: 'dead-letters' }]);
  });
});
