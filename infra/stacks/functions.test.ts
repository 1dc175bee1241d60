import { beforeAll, describe, expect, it } from 'vitest';
import { functionSpecs, simulatorSpecs } from '../../functions/index.ts';
import { tasksOf } from '../../shared/domain/saga/routes.ts';
import { sagaNames, sagas, sagaTasks } from '../../shared/domain/saga/sagas.ts';
import { specsOf } from '../specs.ts';
import { stages } from '../stages.ts';
import { type Named, type Synthesized, synthesized } from '../testing/synth.ts';

let stage: Synthesized;

beforeAll(() => {
  stage = synthesized('dev');
}, 60_000);

const all = [...functionSpecs, ...simulatorSpecs].map((spec) => [spec.name, spec] as const);

describe('the functions', () => {
  it('are listed by their names, each once', () => {
    const names = functionSpecs.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
  });

  it('are one for each task of the sagas, those that several sagas have among them', () => {
    const tasks = specsOf(functionSpecs, 'saga-task').map(({ trigger }) => trigger.task);
    expect(tasks.sort()).toEqual(Object.keys(sagaTasks).sort());
  });

  it('end no later than each saga that calls them gives the try up', () => {
    for (const { name, trigger, timeoutMs } of specsOf(functionSpecs, 'saga-task')) {
      for (const saga of sagaNames) {
        const task = tasksOf(sagas[saga]).find((one) => one.name === trigger.task);
        expect(timeoutMs, `${name} in ${saga}`).toBeLessThanOrEqual(task?.timeoutMs ?? timeoutMs);
      }
    }
  });
});

describe.each(all)('the function %s', (name, spec) => {
  it('has the defaults of the house, and what its spec asks for', () => {
    const [, properties] = stage.functionOf(name);
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      // Its state gives the try up a second later.
      Timeout: spec.timeoutMs / 1_000 - (spec.trigger.kind === 'saga-task' ? 1 : 0),
      MemorySize: spec.memoryMb ?? stages.dev.memoryMb,
      TracingConfig: { Mode: 'Active' },
    });
    expect(properties.LoggingConfig.LogGroup).toBeDefined();
    const variables = properties.Environment.Variables;
    expect(variables).toMatchObject({
      STAGE: 'dev',
      PAYSAGA_FUNCTION: name,
      POWERTOOLS_SERVICE_NAME: name.split('-')[0],
      POWERTOOLS_METRICS_NAMESPACE: 'Paysaga',
      POWERTOOLS_TRACE_ENABLED: 'true',
    });
    const tables = Object.keys({ ...spec.tables, ...spec.indexes });
    expect(
      Object.keys(variables)
        .filter((key) => key.endsWith('_TABLE'))
        .sort(),
    ).toEqual(tables.map((table) => `${table.toUpperCase()}_TABLE`).sort());
    const given = {
      BUS_NAME: spec.publishes,
      SAGA_ARNS: spec.starts,
      SETTLEMENTS_BUCKET: spec.buckets,
      NOTICES_QUEUE_URL: spec.sendsTo,
      PROVIDER_URL: spec.callsProvider,
      BANK_URL: spec.callsBank,
      PROVIDER_DEADLINE_MS: spec.callsProvider || spec.callsBank,
      PROVIDERS: spec.acceptsPaymentMethods,
      RISK_RULES: spec.needsRiskRules,
      FEE_PLANS: spec.needsFeePlans,
      AUTHORIZATION_WINDOW_MS: spec.needsAuthorizationWindow,
      EXCHANGE_RATES: spec.needsRates,
    };
    for (const [variable, asked] of Object.entries(given)) {
      expect(variable in variables, variable).toBe(Boolean(asked));
    }
  });

  it('may use what its spec names, by the actions that it names, and nothing else', () => {
    const actions: string[] = stage
      .roleOf(name)
      .Policies.flatMap(
        ({ PolicyDocument }: { PolicyDocument: { Statement: { Action: string | string[] }[] } }) =>
          PolicyDocument.Statement.flatMap(({ Action }) => Action),
      );
    const granted = (service: string) =>
      new Set(
        actions.filter(
          (action) => action.startsWith(service) && !/Stream|Records|Iterator/.test(action),
        ),
      );
    const asked = [
      ...Object.values(spec.tables ?? {}).flat(),
      ...(spec.indexes ? ['Query'] : []),
    ].map((action) => `dynamodb:${action}`);
    expect(granted('dynamodb:')).toEqual(new Set(asked));
    expect(granted('s3:')).toEqual(
      new Set((spec.buckets?.settlements ?? []).map((action) => `s3:${action}`)),
    );
    expect(granted('states:')).toEqual(new Set(spec.starts ? ['states:StartExecution'] : []));
    expect(granted('events:')).toEqual(new Set(spec.publishes ? ['events:PutEvents'] : []));
  });
});

describe('the sagas', () => {
  /** The machine of a saga, by the name of its log group. */
  const machineOf = (saga: string): Named => {
    const groups = new Map(
      stage
        .named('AWS::Logs::LogGroup')
        .map(([id, { LogGroupName }]) => [id, String(LogGroupName).split('paysaga-dev-')[1]]),
    );
    return stage.named('AWS::StepFunctions::StateMachine').find(([, { LoggingConfiguration }]) => {
      const [{ CloudWatchLogsLogGroup }] = LoggingConfiguration.Destinations;
      return groups.get(CloudWatchLogsLogGroup.LogGroupArn['Fn::GetAtt'][0]) === saga;
    }) as Named;
  };

  it('have a machine each, and there is no other', () => {
    expect(stage.named('AWS::StepFunctions::StateMachine')).toHaveLength(sagaNames.length);
    expect(new Set(sagaNames.map((saga) => machineOf(saga)[0])).size).toBe(sagaNames.length);
  });

  it.each(sagaNames)(
    '%s: raises an alarm for every way in which an execution ends unplanned',
    (saga) => {
      const [id] = machineOf(saga);
      const metrics = stage
        .named('AWS::CloudWatch::Alarm')
        .filter(([, { Dimensions }]) => Dimensions?.[0]?.Value?.Ref === id)
        .map(([, { MetricName, Threshold, Statistic }]) => [MetricName, Threshold, Statistic]);
      expect(metrics.sort()).toEqual([
        ['ExecutionsAborted', 1, 'Sum'],
        ['ExecutionsFailed', 1, 'Sum'],
        ['ExecutionsTimedOut', 1, 'Sum'],
      ]);
    },
  );

  it.each(sagaNames)('%s: may invoke the functions of its own tasks alone', (saga) => {
    const [, { RoleArn }] = machineOf(saga);
    const role = stage.named('AWS::IAM::Role').find(([id]) => id === RoleArn['Fn::GetAtt'][0])?.[1];
    const [{ Action, Resource }] = role.Policies[0].PolicyDocument.Statement;
    expect(Action).toBe('lambda:InvokeFunction');
    const own = specsOf(functionSpecs, 'saga-task')
      .filter(({ trigger }) => tasksOf(sagas[saga]).some(({ name }) => name === trigger.task))
      .map(({ name }) => stage.functionOf(name)[0]);
    expect(
      Resource.map((arn: { 'Fn::GetAtt': [string, string] }) => arn['Fn::GetAtt'][0]).sort(),
    ).toEqual(own.sort());
  });

  it.each(sagaNames)('%s: logs its states without what goes in and out of them', (saga) => {
    const [, machine] = machineOf(saga);
    expect(machine.LoggingConfiguration).toMatchObject({
      Level: 'ALL',
      IncludeExecutionData: false,
    });
    expect(machine.TracingConfiguration).toEqual({ Enabled: true });
  });

  it('are started by start-saga, which knows the machine of each', () => {
    const text = JSON.stringify(
      stage.functionOf('payments-start-saga')[1].Environment.Variables.SAGA_ARNS,
    );
    for (const saga of sagaNames) {
      expect(text).toContain(`\\"${saga}\\":\\"`);
      expect(text).toContain(`{"Ref":"${machineOf(saga)[0]}"}`);
    }
  });
});
