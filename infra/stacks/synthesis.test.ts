import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionSpecs, simulatorSpecs } from '../../functions/index.ts';
import { inquiries, inquiryNames } from '../../shared/domain/saga/inquiry.ts';
import { sagaNames, sagaTasks } from '../../shared/domain/saga/sagas.ts';
import { specsOf } from '../specs.ts';
import { sagaTypes, stageNames, stages } from '../stages.ts';
import { type Resource, type Synthesized, synthesized } from '../testing/synth.ts';

/** The edges whose functions have a queue of dead letters, each named in the outputs. */
const asynchronous = ['stream', 'consumer', 'queue', 'schedule'];

interface State {
  readonly Type: string;
  readonly TimeoutSeconds: number;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** The policies of the stage's roles, one entry a statement. */
function statementsOf({ resources }: Synthesized): Statement[] {
  const documents = [
    ...resources('AWS::IAM::Role').flatMap(({ Properties }) => Properties.Policies ?? []),
    ...resources('AWS::IAM::Policy')
      .map(({ Properties }) => Properties)
      // What copies the console's files is CDK's; its acknowledgement says what it may.
      .filter(({ PolicyName }) => !PolicyName.startsWith('CustomCDKBucketDeployment')),
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

    /** The machines, by whether they are an inquiry's, which waits. */
    const machinesOf = (kind: 'saga' | 'inquiry') =>
      stage
        .resources('AWS::StepFunctions::StateMachine')
        .filter(
          (machine) => 'wait' in JSON.parse(definitionOf(machine)).States === (kind === 'inquiry'),
        );

    it('synthesizes, with a machine of that type for each saga, that ends in time', () => {
      expect(machinesOf('saga')).toHaveLength(sagaNames.length);
      for (const machine of machinesOf('saga')) {
        expect(machine.Properties.StateMachineType).toBe(type);
        const { TimeoutSeconds } = JSON.parse(definitionOf(machine));
        expect(TimeoutSeconds).toBeGreaterThan(0);
        expect(type === 'STANDARD' || TimeoutSeconds < 300).toBe(true);
      }
    });

    it('has a STANDARD machine for each inquiry, as it waits for longer than EXPRESS lives', () => {
      expect(machinesOf('inquiry')).toHaveLength(inquiryNames.length);
      for (const machine of machinesOf('inquiry')) {
        expect(machine.Properties.StateMachineType).toBe('STANDARD');
        expect(JSON.parse(definitionOf(machine)).TimeoutSeconds).toBeUndefined();
      }
    });

    it('ends each task a second before a machine gives its try up', () => {
      const timeouts = new Map(
        stage
          .resources('AWS::Lambda::Function')
          .map(({ Properties: { FunctionName, Timeout } }) => [FunctionName, Timeout]),
      );
      const functionOf = new Map<string, string>(
        [...specsOf(functionSpecs, 'saga-task'), ...specsOf(functionSpecs, 'inquiry-task')].map(
          ({ name: of, trigger }) => [trigger.task, of],
        ),
      );
      const states = stage
        .resources('AWS::StepFunctions::StateMachine')
        .flatMap((machine) => Object.entries<State>(JSON.parse(definitionOf(machine)).States))
        .filter(([, { Type }]) => Type === 'Task');
      const tasks = new Map(
        [...Object.values(sagaTasks), ...Object.values(inquiries).map(({ task }) => task)].map(
          ({ name: task, timeoutMs }) => [task, timeoutMs] as const,
        ),
      );
      expect(new Set(states.map(([task]) => task))).toEqual(new Set(tasks.keys()));
      for (const [task, { TimeoutSeconds }] of states) {
        const timeoutMs = tasks.get(task) ?? 0;
        expect(TimeoutSeconds, task).toBe((timeoutMs / 1_000) * stages[name].timeoutFactor);
        expect(timeouts.get(`paysaga-${name}-${functionOf.get(task)}`), task).toBe(
          TimeoutSeconds - 1,
        );
      }
    });

    it('bounds each call to AWS in every function, at the pace of the stage', () => {
      const functions = stage
        .resources('AWS::Lambda::Function')
        // What empties a bucket, and what fills one, is CDK's.
        .filter(({ Properties }) => Properties.FunctionName);
      expect(functions).toHaveLength(
        functionSpecs.length + (stages[name].simulator ? simulatorSpecs.length : 0),
      );
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
      // A file is named by its day: the objects of the one bucket.
      const takesObjects = /^s3:(Get|Put)Object$/;
      // Stacks and queues of the stage that are made after the function, or end as AWS wants.
      const takesTheStages = /^(cloudformation:DescribeStacks|sqs:[A-Za-z]+)$/;
      const isOfTheStage = (resource: unknown) =>
        JSON.stringify(resource).includes(`:paysaga-${name}-`) ||
        JSON.stringify(resource).includes(`:stack/paysaga-${name}-`);
      const statements = statementsOf(stage);
      expect(statements.length).toBeGreaterThan(functionSpecs.length);
      for (const { Action, Resource } of statements) {
        expect(JSON.stringify(Action)).not.toContain('*');
        if (JSON.stringify(Resource).includes('SettlementsBucket')) {
          expect(listOf(Action)).toHaveLength(1);
          expect(JSON.stringify(Resource).includes('*')).toBe(takesObjects.test(String(Action)));
        } else if (JSON.stringify(Resource).includes('*')) {
          const isNamed = listOf(Resource as string[]).every(isOfTheStage);
          const allowed = isNamed ? takesTheStages : takesNoResource;
          expect(listOf(Action).filter((action) => !allowed.test(action))).toEqual([]);
        }
      }
    });

    it('names every dead-letter queue, table and URL in its outputs', () => {
      const outputs = stage.templates.flatMap((template) =>
        Object.keys(template.findOutputs('*')).filter((output) => !output.startsWith('Exports')),
      );
      expect(outputs).toEqual(
        expect.arrayContaining([
          'ApiUrl',
          'BusName',
          'AccessTableName',
          ...(name === 'local' ? [] : ['ConsoleUrl']),
          ...['Payment', 'Capture', 'Cancel', 'Refund', 'Payout'].map((saga) => `${saga}SagaArn`),
        ]),
      );
      expect(outputs.includes('SimulatorUrl')).toBe(stages[name].simulator);
      const specs = [...functionSpecs, ...(stages[name].simulator ? simulatorSpecs : [])];
      expect(outputs.filter((output) => output.endsWith('DeadLettersUrl'))).toHaveLength(
        specs.filter(({ trigger }) => asynchronous.includes(trigger.kind)).length,
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

describe('what a stage is', () => {
  it('prod: its stacks refuse to be deleted', () => {
    const { simulator: _, ...stacks } = synthesized('prod').stacks;
    for (const [part, stack] of Object.entries(stacks)) {
      expect(stack?.terminationProtection, part).toBe(true);
    }
  });

  it('prod: no simulator, no test token, and a bank that the deployer has to name', () => {
    const { stacks, templates, functionOf } = synthesized('prod');
    expect(stacks.simulator).toBeUndefined();
    expect(JSON.stringify(templates.map((template) => template.toJSON()))).not.toMatch(
      /simulator|blocked_by_risk/i,
    );
    const parameter = templates[1]?.findParameters('BankUrl').BankUrl;
    expect(parameter).toMatchObject({ Type: 'String' });
    expect(parameter).not.toHaveProperty('Default');
    for (const { name } of functionSpecs.filter(({ callsBank }) => callsBank)) {
      expect(functionOf(name)[1].Environment.Variables.BANK_URL).toEqual({ Ref: 'BankUrl' });
    }
  });

  it('prod: charges through Stripe, whose key its callers alone may read, and which has no URL', () => {
    const { templates, functionOf, roleOf } = synthesized('prod');
    expect(templates[1]?.findParameters('ProviderUrl')).toEqual({});
    for (const { name, callsProvider } of functionSpecs) {
      const { PROVIDER_URL, SECRET_PREFIX } = functionOf(name)[1].Environment.Variables;
      expect(PROVIDER_URL, name).toBeUndefined();
      expect(JSON.stringify(roleOf(name)).includes('/stripe_api_key'), name).toBe(
        Boolean(callsProvider),
      );
      if (callsProvider) {
        expect(SECRET_PREFIX, name).toBe('/paysaga/prod/');
      }
    }
  });

  it.each([
    ['https://bank.example.com', true],
    ['https://bank.example.com/v2', true],
    ['https://bank.example.com/', false],
    ['http://bank.example.com', false],
    ['https://bank.example.com/v2?key=1', false],
    ['', false],
  ])('prod: takes the bank %s: %s', (url, taken) => {
    const pattern =
      synthesized('prod').templates[1]?.findParameters('BankUrl').BankUrl?.AllowedPattern;
    expect(new RegExp(pattern).test(url)).toBe(taken);
  });

  it.each(stageNames)('%s: logs, for as long as it says', (name) => {
    const groups = synthesized(name).resources('AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThan(functionSpecs.length);
    for (const { Properties } of groups) {
      expect(Properties.RetentionInDays).toBe(stages[name].logRetentionDays);
    }
  });

  it.each(stageNames)('%s: has room for more in each stack', (name) => {
    for (const template of synthesized(name).templates) {
      // CloudFormation takes 500 resources in a stack.
      expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(475);
    }
  });
});

/** The logical id of the function in the parts of an integration's URI. */
function functionIn(parts: readonly { readonly 'Fn::GetAtt'?: readonly string[] }[]): string {
  return parts.flatMap((part) => part['Fn::GetAtt'] ?? [])[0] ?? '';
}

describe('the simulator', () => {
  const routes = () => {
    const template = synthesized('dev').templates.find(
      (candidate) => candidate.findOutputs('SimulatorUrl').SimulatorUrl,
    );
    const resources: Record<string, Resource> = template?.toJSON().Resources;
    return Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::ApiGateway::Method')
      .map(({ Properties: { HttpMethod, ResourceId, Integration } }) => [
        `${HttpMethod} /${resources[ResourceId.Ref]?.Properties.PathPart ?? ''}`,
        resources[functionIn(Integration.Uri['Fn::Join'][1])]?.Properties.FunctionName,
      ]);
  };

  it("gives each request to its API's function, but for those that another asks for", () => {
    const [api] = specsOf(simulatorSpecs, 'simulator-api');
    const others = simulatorSpecs.flatMap(({ name, simulatorRoutes = [] }) =>
      simulatorRoutes.flatMap(({ method, path }) => [
        [`${method} ${path}`, `paysaga-dev-${name}`],
        [`ANY ${path}`, `paysaga-dev-${api?.name}`],
      ]),
    );
    expect(routes().sort()).toEqual(
      [
        ['ANY /', `paysaga-dev-${api?.name}`],
        ['ANY /{proxy+}', `paysaga-dev-${api?.name}`],
        ...others,
      ].sort(),
    );
  });

  it('needs nothing of the pipeline, which needs it', () => {
    const { simulator, pipeline, data } = synthesized('dev').stacks;
    expect(simulator?.dependencies).toEqual([data]);
    expect(new Set(pipeline.dependencies)).toEqual(new Set([data, simulator]));
  });
});
