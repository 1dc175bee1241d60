import { beforeAll, describe, expect, it } from 'vitest';
import { metricCatalogue } from '../../../shared/runtime/metric-catalogue.ts';
import { rowsOf } from '../../constructs/dashboard/rows.ts';
import { savedQueries } from '../../constructs/log-queries/queries.ts';
import { type Synthesized, synthesized } from '../../testing/synth.ts';

/** A template's value as text, with a placeholder for what CloudFormation fills in. */
function textOf(value: string | { 'Fn::Join': [string, unknown[]] }): string {
  return typeof value === 'string'
    ? value
    : value['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'x')).join('');
}

describe.each(['dev', 'prod'] as const)('what an operator of %s looks at', (name) => {
  let stage: Synthesized;
  beforeAll(() => {
    stage = synthesized(name);
  }, 120_000);

  const widgetsOf = () => {
    const [[, { DashboardName, DashboardBody }] = ['', {}]] = stage.named(
      'AWS::CloudWatch::Dashboard',
    );
    expect(DashboardName).toBe(`paysaga-${name}`);
    return JSON.parse(textOf(DashboardBody)).widgets as {
      type: string;
      width: number;
      properties: { alarms?: string[]; title?: string; metrics?: unknown[]; markdown?: string };
    }[];
  };

  it('is one dashboard, with a row for each question, in their order', () => {
    const headings = widgetsOf().flatMap(
      ({ properties: { markdown } }) => markdown?.split('\n')[0],
    );
    expect(headings.filter(Boolean)).toEqual(rowsOf({ name }).map(({ title }) => `## ${title}`));
  });

  it('shows each alarm that tells somebody once, in widgets that CloudWatch takes', () => {
    const lists = widgetsOf().flatMap(({ properties: { alarms } }) => (alarms ? [alarms] : []));
    const shown = lists.flat().map((arn) => arn.split(':alarm:')[1]);
    expect(Math.max(...lists.map(({ length }) => length))).toBeLessThanOrEqual(100);
    const telling = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
      stage
        .named(type)
        .flatMap(([, { AlarmName, AlarmActions }]) => (AlarmActions ? [AlarmName] : [])),
    );
    expect(shown.sort()).toEqual(telling.sort());
  });

  it('asks for metrics of the house that there are', () => {
    const known = new Set([...Object.keys(metricCatalogue), 'GatewayThrottled']);
    const asked = [
      ...JSON.stringify(widgetsOf()).matchAll(/\{Paysaga[^}]*\} MetricName=\\+"(\w+)/g),
    ].map(([, metric]) => metric ?? '');
    expect(new Set(asked).size).toBeGreaterThan(20);
    expect(asked.filter((metric) => !known.has(metric))).toEqual([]);
  });

  it('has a saved query of each name, over logs that the stage has', () => {
    const logs = new Set(
      stage.named('AWS::Logs::LogGroup').map(([, { LogGroupName }]) => LogGroupName),
    );
    const definitions = stage
      .named('AWS::Logs::QueryDefinition')
      .map(([, properties]) => properties);
    expect(definitions.map(({ Name }) => Name).sort()).toEqual(
      savedQueries.map((query) => `paysaga/${name}/${query.name}`).sort(),
    );
    for (const { Name, LogGroupNames = [], QueryString } of definitions) {
      expect(LogGroupNames.length, Name).toBeLessThanOrEqual(50);
      expect(LogGroupNames.filter((group: string) => !logs.has(group))).toEqual([]);
      expect(QueryString.length, Name).toBeLessThan(10_000);
    }
  });

  it('needs nothing of another stack but where alarms go, and the tables', () => {
    const { observability } = stage.stacks;
    const template = stage.templates.find(
      (one) => Object.values(one.findResources('AWS::CloudWatch::Dashboard')).length,
    );
    expect(observability).toBeDefined();
    const imports = [
      ...JSON.stringify(template?.toJSON()).matchAll(/"Fn::ImportValue":"([^"]+)"/g),
    ].map(([, imported]) => imported ?? '');
    expect(imports.length).toBeGreaterThan(5);
    for (const imported of imports) {
      expect(imported).toMatch(new RegExp(`^paysaga-${name}-data:ExportsOutputRef`));
    }
  });
});

describe('the local stage', () => {
  it('has no dashboard: the emulator knows none', () => {
    const { stacks, resources } = synthesized('local');
    expect(stacks.observability).toBeUndefined();
    expect(resources('AWS::CloudWatch::Dashboard')).toEqual([]);
  }, 120_000);
});

describe('the gateway’s metrics of the accepting method', () => {
  it.each(['local', 'dev', 'prod'] as const)(
    '%s: are on, under the same throttle',
    (name) => {
      const [, { MethodSettings }] = synthesized(name)
        .named('AWS::ApiGateway::Stage')
        .find(([id]) => id.startsWith('ApiRestApi')) ?? ['', {}];
      const [every, accept] = MethodSettings;
      expect(every).toMatchObject({ HttpMethod: '*', ResourcePath: '/*' });
      expect(accept).toEqual({
        ...every,
        HttpMethod: 'POST',
        ResourcePath: '/~1payments',
        MetricsEnabled: true,
      });
    },
    60_000,
  );
});
