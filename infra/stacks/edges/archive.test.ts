import { beforeAll, describe, expect, it } from 'vitest';
import { eventSources } from '../../../shared/contracts/events/sources.ts';
import { stageNames, stages } from '../../stages.ts';
import { type Named, type Resource, synthesized } from '../../testing/synth.ts';

const archivesOf = (name: (typeof stageNames)[number]) =>
  synthesized(name).resources('AWS::Events::Archive');

describe('the archive of events', () => {
  beforeAll(() => {
    for (const name of stageNames) {
      synthesized(name);
    }
  }, 240_000);

  it('is one in each stage in AWS, for its days, and none on a laptop', () => {
    const days = stageNames.map((name) =>
      archivesOf(name).map(({ Properties }) => Properties.RetentionDays),
    );
    expect(days).toEqual([[], [14], [90]]);
    expect(stageNames.map((name) => stages[name].archiveDays)).toEqual([null, 14, 90]);
  });

  it('has all that the consumers are given, of the same bus, and nothing else', () => {
    for (const name of ['dev', 'prod'] as const) {
      const [{ Properties }] = archivesOf(name) as [Resource];
      const { followed } = synthesized(name);
      const rules = synthesized(name)
        .resources('AWS::Events::Rule')
        .filter((rule) => rule.Properties.EventBusName !== undefined);
      const given = new Set(rules.flatMap((rule) => rule.Properties.EventPattern.source));
      expect(Properties.EventPattern).toEqual({ source: [...eventSources] });
      expect([...given].sort()).toEqual([...eventSources].sort());
      const bus = Properties.SourceArn['Fn::GetAtt'][0];
      for (const rule of rules) {
        expect(followed(rule.Properties.EventBusName)).toEqual({ Ref: bus });
      }
    }
  });

  it('is under the stage’s own key where it has one, which lets in the archive of this bus alone', () => {
    const { resources, named, followed } = synthesized('prod');
    const [archive] = resources('AWS::Events::Archive') as [Resource];
    const [id, { KeyPolicy }] = named('AWS::KMS::Key').find(([key]) =>
      key.startsWith('DataKey'),
    ) as Named;
    expect(followed(archive.Properties.KmsKeyIdentifier)).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
    const statement = KeyPolicy.Statement.find(
      ({ Sid }: { Sid?: string }) => Sid === 'ArchiveOfTheBus',
    );
    expect(statement.Principal).toEqual({ Service: 'events.amazonaws.com' });
    const [bus] = Object.values(statement.Condition.StringEquals);
    expect(JSON.stringify(bus)).toMatch(/AWS::AccountId.*:event-bus\/paysaga-prod"/);
    expect(archivesOf('dev')[0]?.Properties).not.toHaveProperty('KmsKeyIdentifier');
  });
});
