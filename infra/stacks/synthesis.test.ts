import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionSpecs } from '../../functions/index.ts';
import { paymentSagaTasks } from '../../shared/domain/saga/table.ts';
import { type StageName, sagaTypes, stageNames, stages } from '../stages.ts';
import { type Resource, type Synthesized, synthesized } from '../testing/synth.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** The policies of the stage's roles, one entry a statement. */
function statementsOf({ resources }: Synthesized): Statement[] {
  const documents = [
    ...resources('AWS::IAM::Role').flatMap(({ Properties }) => Properties.Policies ?? []),
    ...resources('AWS::IAM::Policy').map(({ Properties }) => Properties),
    ...resources('AWS::IAM::ManagedPolicy').map(({ Properties }) => Properties),
  ];
  return documents.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

describe.each(stageNames.flatMap((name) => sagaTypes.map((type) => [name, type] as const)))(
  'stage %s with a saga of type %s',
  (name, type) => {
    let stage: Synthesized;
    beforeAll(() => {
      stage = synthesized(name, type);
    }, 60_000);

    it('synthesizes, with a machine of that type that ends in time', () => {
      const [machine] = stage.resources('AWS::StepFunctions::StateMachine') as [Resource];
      expect(machine.Properties.StateMachineType).toBe(type);
      const definition = definitionOf(machine);
      const timeout = Number(/"TimeoutSeconds":(\d+),"States"/.exec(definition)?.[1]);
      expect(timeout).toBeGreaterThan(0);
      expect(type === 'STANDARD' || timeout < 300).toBe(true);
    });

    it('ends each task a second before the machine gives its try up', () => {
      const [machine] = stage.resources('AWS::StepFunctions::StateMachine') as [Resource];
      const { States } = JSON.parse(definitionOf(machine));
      const timeouts = new Map(
        stage
          .resources('AWS::Lambda::Function')
          .map(({ Properties: { FunctionName, Timeout } }) => [FunctionName, Timeout]),
      );
      const tasks = functionSpecs.flatMap(({ name: of, trigger }) =>
        trigger.kind === 'saga-task' ? [[trigger.task, of] as const] : [],
      );
      expect(tasks).toHaveLength(Object.keys(paymentSagaTasks).length);
      for (const [task, of] of tasks) {
        const { TimeoutSeconds } = States[task];
        const { timeoutMs } = paymentSagaTasks[task];
        expect(TimeoutSeconds, task).toBe((timeoutMs / 1_000) * stages[name].timeoutFactor);
        expect(timeouts.get(`paysaga-${name}-${of}`), task).toBe(TimeoutSeconds - 1);
      }
    });

    it('bounds each call to AWS in every function, at the pace of the stage', () => {
      const functions = stage.resources('AWS::Lambda::Function');
      expect(functions).toHaveLength(functionSpecs.length + (stages[name].simulator ? 1 : 0));
      for (const { Properties } of functions) {
        expect(Properties.Environment.Variables.AWS_CALL_TIMEOUT_MS).toBe(
          { local: '9000', dev: '1500', prod: '1500' }[name],
        );
      }
    });

    it('has no finding of cdk-nag', () => {
      const { violations } = new AwsSolutionsChecks(stage.app).validateScope(stage.app);
      expect(
        violations.flatMap(({ ruleName, violatingResources }) =>
          violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
        ),
      ).toEqual([]);
    });

    it('allows no action by a wildcard, and any resource only where AWS takes none', () => {
      const takesNoResource = /^(xray:|logs:.*(Deliver|ResourcePolic|DescribeLogGroups))/;
      const statements = statementsOf(stage);
      expect(statements.length).toBeGreaterThan(functionSpecs.length);
      for (const { Action, Resource } of statements) {
        expect(JSON.stringify(Action)).not.toContain('*');
        if (JSON.stringify(Resource).includes('*')) {
          expect(listOf(Action).filter((action) => !takesNoResource.test(action))).toEqual([]);
        }
      }
    });

    it('names every dead-letter queue, table and URL in its outputs', () => {
      const outputs = stage.templates.flatMap((template) =>
        Object.keys(template.findOutputs('*')).filter((output) => !output.startsWith('Exports')),
      );
      expect(outputs).toEqual(
        expect.arrayContaining(['ApiUrl', 'BusName', 'SagaArn', 'AccessTableName']),
      );
      expect(outputs.includes('SimulatorUrl')).toBe(stages[name].simulator);
      expect(outputs.filter((output) => output.endsWith('DeadLettersUrl'))).toHaveLength(
        functionSpecs.filter(({ trigger }) => ['stream', 'consumer'].includes(trigger.kind)).length,
      );
    });
  },
);

/** A definition as text, with a placeholder for what CloudFormation fills in. */
function definitionOf({ Properties }: Resource): string {
  const { DefinitionString } = Properties;
  return typeof DefinitionString === 'string'
    ? DefinitionString
    : DefinitionString['Fn::Join'][1]
        .map((part: unknown) => (typeof part === 'string' ? part : 'arn'))
        .join('');
}

describe('what a stage keeps', () => {
  const tablesOf = (name: StageName) => synthesized(name).resources('AWS::DynamoDB::Table');

  it('prod: tables under our key, restorable, and not to be deleted by accident', () => {
    const tables = tablesOf('prod');
    expect(tables).toHaveLength(5);
    for (const { Properties, DeletionPolicy } of tables) {
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      });
      expect(Properties.SSESpecification.KMSMasterKeyId).toBeDefined();
      expect(DeletionPolicy).toBe('Retain');
    }
    const keys = synthesized('prod').resources('AWS::KMS::Key');
    expect(keys).toHaveLength(2);
    for (const { Properties, DeletionPolicy } of keys) {
      expect(Properties.EnableKeyRotation).toBe(true);
      expect(DeletionPolicy).toBe('Retain');
    }
  });

  it('prod: its stacks refuse to be deleted', () => {
    const { data, pipeline } = synthesized('prod').stacks;
    expect([data.terminationProtection, pipeline.terminationProtection]).toEqual([true, true]);
  });

  it('prod: no simulator, no test token, and a PSP that the deployer has to name', () => {
    const { stacks, templates, resources } = synthesized('prod');
    expect(stacks.simulator).toBeUndefined();
    expect(JSON.stringify(templates.map((template) => template.toJSON()))).not.toMatch(
      /simulator|blocked_by_risk/i,
    );
    const parameter = templates[1]?.findParameters('ProviderUrl').ProviderUrl;
    expect(parameter).toMatchObject({ Type: 'String' });
    expect(parameter).not.toHaveProperty('Default');
    const charge = resources('AWS::Lambda::Function').find(({ Properties }) =>
      Properties.FunctionName.endsWith('providers-charge'),
    );
    expect(charge?.Properties.Environment.Variables.PROVIDER_URL).toEqual({ Ref: 'ProviderUrl' });
  });

  it.each([
    ['https://psp.example.com', true],
    ['https://psp.example.com/v2', true],
    ['https://psp.example.com/', false],
    ['http://psp.example.com', false],
    ['https://psp.example.com/v2?key=1', false],
    ['', false],
  ])('prod: takes the PSP %s: %s', (url, taken) => {
    const pattern =
      synthesized('prod').templates[1]?.findParameters('ProviderUrl').ProviderUrl?.AllowedPattern;
    expect(new RegExp(pattern).test(url)).toBe(taken);
  });

  it.each(stageNames)('%s: logs, for as long as it says', (name) => {
    const groups = synthesized(name).resources('AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThan(functionSpecs.length);
    for (const { Properties } of groups) {
      expect(Properties.RetentionInDays).toBe(stages[name].logRetentionDays);
    }
  });

  it('local and dev: nothing, once deleted', () => {
    for (const { Properties, DeletionPolicy } of [...tablesOf('local'), ...tablesOf('dev')]) {
      expect(Properties.DeletionProtectionEnabled).toBe(false);
      expect(DeletionPolicy).toBe('Delete');
    }
  });

  it('gives an index to what is read by it', () => {
    const [payments, ledger, , list] = tablesOf('dev').map(({ Properties }) => Properties);
    expect(payments.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
    expect(ledger.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
    const keysOf = (table: {
      GlobalSecondaryIndexes: { IndexName: string; KeySchema: { AttributeName: string }[] }[];
    }) =>
      table.GlobalSecondaryIndexes.map(({ IndexName, KeySchema }) => [
        IndexName,
        ...KeySchema.map(({ AttributeName }) => AttributeName),
      ]);
    expect(keysOf(ledger)).toEqual([
      ['by_debit_account', 'debit_account', 'position'],
      ['by_credit_account', 'credit_account', 'position'],
    ]);
    expect(keysOf(list)).toEqual([['by_status', 'status_key', 'sk']]);
  });
});
