import { describe, expect, it } from 'vitest';
import { simulatorSpecs } from '../functions/index.ts';
import { stageNames, stages } from './stages.ts';
import { type Synthesized, synthesized } from './testing/synth.ts';

/** The logical id of a queue by the URL in a function's environment. */
function queueOf(stage: Synthesized, name: string, variable: string): unknown {
  return stage.followed(stage.functionOf(name)[1].Environment.Variables[variable]);
}

describe('what PSPs tell', () => {
  it.each(stageNames)('%s: comes in by a route that needs no key', (name) => {
    const stage = synthesized(name);
    const resources = new Map(stage.named('AWS::ApiGateway::Resource'));
    const methods = stage
      .named('AWS::ApiGateway::Method')
      .map(([, method]) => method)
      .filter(({ ResourceId }) => resources.get(ResourceId.Ref)?.PathPart === 'webhooks')
      .filter(({ ResourceId }) => {
        const parent = resources.get(ResourceId.Ref)?.ParentId.Ref;
        return resources.get(parent)?.PathPart === '{provider}';
      });
    expect(methods.map(({ HttpMethod }) => HttpMethod).sort()).toEqual(['ANY', 'POST']);
    expect(methods.map(({ AuthorizationType }) => AuthorizationType)).toEqual(['NONE', 'NONE']);
    // API Gateway hands text bodies on as they came; of a binary type it would change them.
    for (const [, { BinaryMediaTypes }] of stage.named('AWS::ApiGateway::RestApi')) {
      expect(BinaryMediaTypes).toBeUndefined();
    }
  });

  it.each(stageNames)('%s: goes into the queue that payments-take-notice works off', (name) => {
    const stage = synthesized(name);
    const sent = queueOf(stage, 'providers-webhooks', 'NOTICES_QUEUE_URL');
    expect(sent).toEqual(queueOf(stage, 'payments-take-notice', 'QUEUE_URL'));
  });

  it('needs no more than a secret, a queue and the marks', () => {
    const [statements] = synthesized('prod')
      .roleOf('providers-webhooks')
      .Policies.map(
        ({ PolicyDocument }: { PolicyDocument: { Statement: { Action: string | string[] }[] } }) =>
          PolicyDocument.Statement.flatMap(({ Action }) => Action),
      );
    expect(statements.sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:SendMessage',
      'ssm:GetParameter',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });
});

describe('what the simulator tells', () => {
  const withSimulator = stageNames.filter((name) => stages[name].simulator);

  it.each(withSimulator)('%s: goes into a queue of its own, and no further by itself', (name) => {
    const stage = synthesized(name);
    const sent = queueOf(stage, 'simulator-api', 'SIMULATOR_WEBHOOKS_QUEUE_URL');
    expect(sent).toEqual(queueOf(stage, 'simulator-deliver', 'QUEUE_URL'));
    const notices = queueOf(stage, 'payments-take-notice', 'QUEUE_URL');
    expect(sent).not.toEqual(notices);
    for (const { name: own } of simulatorSpecs) {
      expect(JSON.stringify(stage.roleOf(own))).not.toContain('ProviderNotices');
    }
  });

  it('is not there where there is no simulator', () => {
    const outputs = synthesized('prod').templates.flatMap((template) =>
      Object.keys(template.findOutputs('*')),
    );
    expect(outputs.filter((output) => output.startsWith('SimulatorWebhooks'))).toEqual([]);
  });
});
