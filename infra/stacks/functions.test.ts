import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { functionSpecs, simulatorSpecs } from '../../functions/index.ts';
import { stageDeadline } from '../../shared/adapters/stage/providers/stage-provider.ts';
import { inquiries, inquiryNames } from '../../shared/domain/saga/inquiry.ts';
import { tasksOf } from '../../shared/domain/saga/routes.ts';
import { machineNames, sagaNames, sagas, sagaTasks } from '../../shared/domain/saga/sagas.ts';
import { accessActions, logActions } from '../../shared/runtime/function-spec.ts';
import { specsOf } from '../specs.ts';
import { stageNames, stages } from '../stages.ts';
import { type Named, type Synthesized, synthesized } from '../testing/synth.ts';

let stage: Synthesized;
beforeAll(() => {
  stage = synthesized('dev');
}, 60_000);

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

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

  it('are one for each inquiry, and end no later than it gives the try up', () => {
    const specs = specsOf(functionSpecs, 'inquiry-task');
    const tasks = Object.values(inquiries).map(({ task }) => task);
    expect(specs.map(({ trigger }) => trigger.task).sort()).toEqual(
      tasks.map(({ name }) => name).sort(),
    );
    for (const { trigger, timeoutMs } of specs) {
      const task = tasks.find(({ name }) => name === trigger.task);
      expect(timeoutMs).toBeLessThanOrEqual(task?.timeoutMs ?? 0);
    }
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

describe('the functions that call PSPs', () => {
  const callers = functionSpecs.filter(({ callsProvider }) => callsProvider);

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each(stageNames)(
    '%s: have time for all that a PSP gets, after half a second and before the record of it',
    (name) => {
      const tooShort = callers.filter((caller) => {
        const [, { Timeout, Environment }] = synthesized(name).functionOf(caller.name);
        for (const variable of ['AWS_CALL_TIMEOUT_MS', 'PROVIDER_DEADLINE_MS']) {
          vi.stubEnv(variable, Environment.Variables[variable]);
        }
        const { fullMs, marginMs } = stageDeadline();
        expect(fullMs).toBe(stages[name].providerDeadlineMs);
        return Timeout * 1_000 < 500 + fullMs + marginMs;
      });
      expect(tooShort.map((caller) => caller.name)).toEqual([]);
    },
    60_000,
  );

  it('share what is known of their health, and may do with it what that takes', () => {
    for (const { name, callsProvider, tables } of functionSpecs) {
      const actions = tables?.providers;
      expect(actions, name).toEqual(callsProvider ? ['GetItem', 'UpdateItem'] : actions);
    }
  });

  it('are of the context whose count of opened breakers is watched, where they move money', () => {
    // An inquiry opens none.
    const movers = callers.filter(({ trigger }) => trigger.kind === 'saga-task');
    expect(movers.length).toBeGreaterThanOrEqual(5);
    expect(new Set(movers.map(({ name }) => name.split('-')[0]))).toEqual(new Set(['providers']));
  });
});

describe('the functions that put acts on record', () => {
  it('add to the log, and none takes anything from it', () => {
    const logging = functionSpecs.filter(({ tables }) => tables?.operator_log);
    expect(logging.map(({ name }) => name)).toContain('payouts-api');
    const reading: Readonly<Record<string, readonly string[]>> = {
      // The auditor reads it, and writes nothing into it.
      'ledger-audit': ['GetItem', 'BatchGetItem', 'Query'],
      // What is gone is told by who had it done.
      'operations-dead-letters': [...logActions, 'Query'],
    };
    for (const { name, tables } of logging) {
      expect(tables?.operator_log, name).toEqual(reading[name] ?? logActions);
    }
    expect(logActions).not.toContain('DeleteItem');
  });
});

describe('the functions that know callers', () => {
  it('update nothing of the table of keys and policies but what they are there for', () => {
    const knowing = functionSpecs.filter(({ tables }) => tables?.access);
    expect(knowing.length).toBeGreaterThan(10);
    // Who are the merchants of the stage.
    const reading: Readonly<Record<string, readonly string[]>> = {
      'operations-overview': [...accessActions, 'Query'],
    };
    for (const { name, tables, approvals } of knowing) {
      expect(tables?.access, name).toEqual(reading[name] ?? accessActions);
      const updated = stage
        .roleOf(name)
        .Policies.flatMap(
          ({ PolicyDocument }: { PolicyDocument: { Statement: Statement[] } }) =>
            PolicyDocument.Statement,
        )
        .filter(({ Resource }: Statement) => JSON.stringify(Resource).includes('Access'))
        .filter(({ Action }: Statement) => [Action].flat().includes('dynamodb:UpdateItem'))
        .flatMap(({ Condition }: Statement) =>
          [Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']].flat(),
        );
      expect(updated.sort(), name).toEqual([
        ...(approvals ? ['APPROVAL#*'] : []),
        'KEY#*',
        'LIMIT#*',
      ]);
    }
    expect(
      knowing.flatMap(({ name, approvals }) => (approvals ? [`${name} ${approvals}`] : [])),
    ).toEqual([
      'operations-approve gives',
      'operations-dead-letters takes',
      'operations-parked takes',
      'payments-approve-refund gives',
      'payments-request-operation takes',
    ]);
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
      Timeout: spec.timeoutMs / 1_000 - (/^(?:saga|inquiry)-task$/.test(spec.trigger.kind) ? 1 : 0),
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
      SECRET_PREFIX: spec.secrets,
      NOTICES_QUEUE_URL: spec.sendsTo === 'provider_notices',
      WEBHOOK_DELIVERIES_QUEUE_URL: spec.sendsTo === 'webhook_deliveries',
      SIMULATOR_WEBHOOKS_QUEUE_URL: spec.sendsTo === 'simulator_webhooks',
      PROVIDER_URL: spec.callsProvider,
      BANK_URL: spec.callsBank,
      PROVIDER_DEADLINE_MS: spec.callsProvider || spec.callsBank,
      PROVIDER_LIMITS: spec.callsProvider || spec.readsProviders,
      PROVIDER_ROUTES: spec.callsProvider || spec.routesCharges,
      PROVIDERS: spec.acceptsPaymentMethods,
      RISK_RULES: spec.needsRiskRules,
      FEE_PLANS: spec.needsFeePlans,
      AUTHORIZATION_WINDOW_MS: spec.needsAuthorizationWindow,
      EXCHANGE_RATES: spec.needsRates,
      OIDC: spec.trigger.kind === 'http',
      TENANT_LIMITS: spec.trigger.kind === 'http',
      INQUIRY_SCHEDULE: spec.needsInquirySchedule,
      STUCK_AFTER_MS: spec.needsStuckAfter,
      PERSONAL_DATA_KEY: spec.dataKeys,
      EDGE_STACKS: spec.deadLetters,
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
    expect(granted('ssm:')).toEqual(new Set(spec.secrets ? ['ssm:GetParameter'] : []));
    expect(granted('kms:')).toEqual(new Set(spec.dataKeys?.map((action) => `kms:${action}`)));
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
    expect(stage.named('AWS::StepFunctions::StateMachine')).toHaveLength(machineNames.length);
    expect(new Set(machineNames.map((name) => machineOf(name)[0])).size).toBe(machineNames.length);
  });

  it.each(machineNames)(
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

  it.each(inquiryNames)('%s: may invoke the function of its own task alone', (name) => {
    const [, { RoleArn, StateMachineType }] = machineOf(name);
    const role = stage.named('AWS::IAM::Role').find(([id]) => id === RoleArn['Fn::GetAtt'][0])?.[1];
    const [{ Action, Resource }] = role.Policies[0].PolicyDocument.Statement;
    expect([Action, StateMachineType]).toEqual(['lambda:InvokeFunction', 'STANDARD']);
    const own = specsOf(functionSpecs, 'inquiry-task').find(
      ({ trigger }) => trigger.task === inquiries[name].task.name,
    );
    expect(Resource['Fn::GetAtt'][0]).toBe(stage.functionOf(own?.name ?? '')[0]);
  });

  it.each(machineNames)('%s: logs its states without what goes in and out of them', (saga) => {
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
    for (const machine of machineNames) {
      expect(text).toContain(`\\"${machine}\\":\\"`);
      expect(text).toContain(`{"Ref":"${machineOf(machine)[0]}"}`);
    }
  });
});
