import type {
  DynamoDBClient,
  UpdateItemCommand,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoApprovals } from '../../shared/adapters/dynamo/access/approvals.ts';
import { dynamoKeyUse } from '../../shared/adapters/dynamo/access/keys.ts';
import type { RefundApproval } from '../../shared/domain/access/approval.ts';
import { accessActions, type FunctionSpec } from '../../shared/runtime/function-spec.ts';
import { stages } from '../stages.ts';
import { smallStack } from '../testing/small.ts';
import { HouseFunction } from './house-function.ts';
import { environmentOf, permissionsOf } from './permissions.ts';
import type { Surroundings } from './surroundings.ts';

const plain: FunctionSpec = {
  name: 'settlement-reconcile',
  trigger: { kind: 'schedule', schedule: 'reconcile' },
  timeoutMs: 30_000,
};

/** What a spec of these fields is given beyond what every function is. */
function given(
  fields: Partial<FunctionSpec>,
  surroundings: Surroundings = smallStack().surroundings,
) {
  const always = environmentOf(plain, surroundings);
  const spec = { ...plain, ...fields };
  return {
    environment: Object.fromEntries(
      Object.entries(environmentOf(spec, surroundings)).filter(([name]) => !(name in always)),
    ),
    permissions: permissionsOf(spec, surroundings).map((statement) => statement.toJSON()),
  };
}

const allows = (Action: string, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

describe('what a function is given, by its spec', () => {
  it('is nothing for a spec that asks for nothing', () => {
    expect(given({})).toEqual({ environment: {}, permissions: [] });
  });

  it('starts: the machine of each saga, and permission to start them alone', () => {
    const arns = smallStack().surroundings.sagaArns;
    expect(given({ starts: true })).toEqual({
      environment: { SAGA_ARNS: JSON.stringify(arns) },
      permissions: [allows('states:StartExecution', Object.values(arns ?? {}))],
    });
  });

  it('buckets: actions on its objects, and listing on the bucket itself', () => {
    const buckets = { settlements: ['GetObject', 'PutObject', 'ListBucket'] } as const;
    expect(given({ buckets })).toEqual({
      environment: { SETTLEMENTS_BUCKET: 'files' },
      permissions: [
        allows('s3:GetObject', 'arn:aws:s3:::files/*'),
        allows('s3:PutObject', 'arn:aws:s3:::files/*'),
        allows('s3:ListBucket', 'arn:aws:s3:::files'),
      ],
    });
    expect(given({ buckets: { settlements: ['PutObject'] } }).permissions).toEqual([
      allows('s3:PutObject', 'arn:aws:s3:::files/*'),
    ]);
  });

  it('sendsTo: the queue, and permission to send', () => {
    const { stack, surroundings } = smallStack();
    expect(stack.resolve(given({ sendsTo: 'provider_notices' }, surroundings))).toEqual({
      environment: { NOTICES_QUEUE_URL: { Ref: expect.stringMatching(/^Notices/) } },
      permissions: [
        allows('sqs:SendMessage', { 'Fn::GetAtt': [expect.stringMatching(/^Notices/), 'Arn'] }),
      ],
    });
  });

  it('deadLetters: to count them by their stacks, and to handle them by the stage’s own names', () => {
    const { stack, surroundings } = smallStack('prod');
    const streams = {
      payments: { tableArn: 'p', tableName: 'p', tableStreamArn: 'arn:stream:payments' },
      ledger: { tableArn: 'l', tableName: 'l', tableStreamArn: 'arn:stream:ledger' },
    };
    const found = (deadLetters: 'counts' | 'handles') =>
      JSON.parse(
        JSON.stringify(
          stack.resolve(
            given(
              { deadLetters },
              { ...surroundings, tables: { ...surroundings.tables, ...streams } },
            ),
          ),
        ).replaceAll(
          /\{"Fn::Join":\["",\[([^\]]*)\]\]\}/g,
          (_, parts: string) =>
            `"${JSON.parse(`[${parts}]`)
              .map((part: unknown) => (typeof part === 'string' ? part : ''))
              .join('')}"`,
        ),
      );
    const reads = [
      allows(
        'cloudformation:DescribeStacks',
        ['data', 'pipeline', 'readers', 'clock'].map(
          (part) => `arn::cloudformation:::stack/paysaga-prod-${part}/*`,
        ),
      ),
      allows('sqs:GetQueueAttributes', 'arn::sqs:::paysaga-prod-*-dead'),
    ];
    const environment = {
      EDGE_STACKS:
        'paysaga-prod-data,paysaga-prod-pipeline,paysaga-prod-readers,paysaga-prod-clock',
    };
    expect(found('counts')).toEqual({ environment, permissions: reads });
    expect(found('handles')).toEqual({
      environment,
      permissions: [
        ...reads,
        {
          Effect: 'Allow',
          Action: ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'],
          Resource: 'arn::sqs:::paysaga-prod-*-dead',
        },
        allows('sqs:SendMessage', 'arn::sqs:::paysaga-prod-*'),
        {
          Effect: 'Allow',
          Action: ['dynamodb:GetShardIterator', 'dynamodb:GetRecords'],
          Resource: ['arn:stream:ledger', 'arn:stream:payments'],
        },
        allows(
          'lambda:InvokeFunction',
          ['ledger-fold-balances', 'payments-relay', 'payments-start-saga'].map(
            (name) => `arn::lambda:::function:paysaga-prod-${name}`,
          ),
        ),
      ],
    });
  });

  it('secrets: exactly these parameters of the stage, and where they are', () => {
    const { stack, surroundings } = smallStack('prod');
    const secrets = ['stripe_webhook', 'psp_webhook'] as const;
    const parameter = (name: string) => ({
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':ssm:',
          { Ref: 'AWS::Region' },
          ':',
          { Ref: 'AWS::AccountId' },
          `:parameter/paysaga/prod/${name}`,
        ],
      ],
    });
    expect(stack.resolve(given({ secrets }, surroundings))).toEqual({
      environment: { SECRET_PREFIX: '/paysaga/prod/' },
      permissions: [allows('ssm:GetParameter', secrets.map(parameter))],
    });
  });

  it.each([
    [
      'callsProvider',
      {
        PROVIDER_URL: 'https://psp.example.com',
        PROVIDER_DEADLINE_MS: '5000',
        PROVIDER_LIMITS: JSON.stringify(stages.dev.providers),
        PROVIDER_ROUTES: '{"rules":[],"default":["simulator","simulator-b"]}',
      },
    ],
    ['routesCharges', { PROVIDER_ROUTES: '{"rules":[],"default":["simulator","simulator-b"]}' }],
    ['acceptsPaymentMethods', { PROVIDERS: 'simulator,simulator-b' }],
    ['callsBank', { BANK_URL: 'https://bank.example.com', PROVIDER_DEADLINE_MS: '5000' }],
    [
      'needsFeePlans',
      {
        FEE_PLANS: '{"standard":{"basisPoints":290,"fixedMinor":{}},"negotiated":{},"tenants":{}}',
      },
    ],
    ['needsAuthorizationWindow', { AUTHORIZATION_WINDOW_MS: '604800000' }],
    [
      'needsRates',
      {
        EXCHANGE_RATES:
          '{"date":"2026-11-20","base":"EUR","rates":{"USD":"1.1590","GBP":"0.8790","CHF":"0.9320","JPY":"181.50","KWD":"0.3556"}}',
      },
    ],
  ] as const)('%s: a setting of the stage, and no permission', (field, environment) => {
    expect(given({ [field]: true })).toEqual({ environment, permissions: [] });
  });

  it('needsWebhookTerms: the schedule of Standard Webhooks in prod', () => {
    const { WEBHOOK_TERMS } = given(
      { needsWebhookTerms: true },
      smallStack('prod').surroundings,
    ).environment;
    const { retryWaitsMs } = JSON.parse(String(WEBHOOK_TERMS));
    expect(retryWaitsMs.map((ms: number) => ms / 60_000)).toEqual([
      5 / 60,
      5,
      30,
      120,
      300,
      600,
      840,
      1_200,
      1_440,
    ]);
  });

  it('acceptsPaymentMethods: Stripe’s in prod, and none of a simulator', () => {
    expect(
      given({ acceptsPaymentMethods: true }, smallStack('prod').surroundings).environment,
    ).toEqual({ PROVIDERS: 'stripe' });
  });

  it('needsRates: none in prod, where nobody has said any', () => {
    const { EXCHANGE_RATES } = given(
      { needsRates: true },
      smallStack('prod').surroundings,
    ).environment;
    expect(JSON.parse(String(EXCHANGE_RATES)).rates).toEqual({});
  });

  it.each([
    ['starts', true, 'the sagas'],
    ['buckets', { settlements: ['GetObject'] }, 'the bucket settlements'],
    ['sendsTo', 'provider_notices', 'the queue provider_notices'],
    ['callsBank', true, 'the URL of a bank'],
    ['callsProvider', true, 'the URL of a PSP'],
    ['publishes', true, 'the bus'],
    ['tables', { books: ['GetItem'] }, 'the table books'],
  ] as const)('%s: is refused where the stack has it not', (field, value, what) => {
    const { stage, bundles } = smallStack().surroundings;
    const bare: Surroundings = { stage, bundles, tables: {} };
    expect(() => given({ [field]: value }, bare)).toThrow(
      `settlement-reconcile needs ${what}, which its stack does not have`,
    );
  });

  describe('updates of the table that has keys and policies', () => {
    const withAccess = (): Surroundings => {
      const { surroundings } = smallStack();
      const { ledger } = surroundings.tables;
      return { ...surroundings, tables: { ...(ledger && { access: ledger }) } };
    };
    type Limits = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
    const updatesOf = (approvals?: 'gives' | 'takes') =>
      given(
        { tables: { access: accessActions }, ...(approvals ? { approvals } : {}) },
        withAccess(),
      )
        .permissions.filter(({ Action }) => [Action].flat().includes('dynamodb:UpdateItem'))
        .map(({ Condition }): Limits => Condition);
    /** By IAM's reading: each statement's conditions all hold, with some value in the request. */
    const permits = (statements: readonly Limits[], { Key, ...input }: UpdateItemCommandInput) => {
      const names = input.ExpressionAttributeNames ?? {};
      const text = `${input.UpdateExpression} ${input.ConditionExpression ?? ''}`;
      // Neither a value, `:now`, nor a function, `if_not_exists(`.
      const words = text.match(/(?<![:\w])#?[a-z_]+\b(?!\()/g) ?? [];
      const attributes = [...Object.keys(Key ?? {}), ...words.map((word) => names[word] ?? word)];
      return statements.some((condition) => {
        const [partition = ''] =
          condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [];
        const allowed = condition['ForAllValues:StringEquals']?.['dynamodb:Attributes'];
        return (
          condition.Null?.['dynamodb:LeadingKeys']?.toString() === 'false' &&
          (Key?.pk?.S ?? '').startsWith(partition.replace(/\*$/, '')) &&
          attributes.every((name) => allowed?.includes(name) ?? true)
        );
      });
    };
    /** What an adapter sends. */
    async function sent(use: (client: DynamoDBClient) => Promise<unknown>) {
      const inputs: UpdateItemCommandInput[] = [];
      await use({
        send: async ({ input }: UpdateItemCommand) => {
          inputs.push(input);
          return {};
        },
      } as unknown as DynamoDBClient);
      expect(inputs).toHaveLength(1);
      return inputs[0] as UpdateItemCommandInput;
    }
    const lastUse = () =>
      sent((client) =>
        dynamoKeyUse(client, 'access').recordUse('ab', { time: 'now', unlessAfter: 'then' }),
      );
    const bind = () => sent((client) => dynamoApprovals(client, 'access').bind('a', 'operation'));
    const create = () =>
      sent((client) => dynamoApprovals(client, 'access').create({} as RefundApproval));
    const setting = (pk: string, name: string): UpdateItemCommandInput => ({
      TableName: 'access',
      Key: { pk: { S: pk }, sk: { S: pk } },
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
    });

    it('are of limits and of a key’s last use, for every function', async () => {
      for (const statements of [updatesOf(), updatesOf('gives'), updatesOf('takes')]) {
        expect(permits(statements, await lastUse())).toBe(true);
        expect(permits(statements, setting('LIMIT#acme', 'tat'))).toBe(true);
      }
    });

    it('make no key, no tenant, no policy, and give nobody a role', () => {
      for (const statements of [updatesOf(), updatesOf('gives'), updatesOf('takes')]) {
        for (const name of ['role', 'tenant', 'scopes', 'revoked', 'expires', 'id']) {
          expect(permits(statements, setting('KEY#ab', name)), name).toBe(false);
        }
        for (const pk of ['POLICIES', 'TENANTS', 'TENANT#acme']) {
          expect(permits(statements, setting(pk, 'last_used')), pk).toBe(false);
        }
      }
    });

    it('are of approvals where a function gives them, or takes one and no more', async () => {
      const may = async (approvals?: 'gives' | 'takes') => {
        const statements = updatesOf(approvals);
        return [permits(statements, await create()), permits(statements, await bind())];
      };
      expect(await may()).toEqual([false, false]);
      expect(await may('takes')).toEqual([false, true]);
      expect((await may('gives'))[0]).toBe(true);
    });
  });

  it('stands in one policy of its role', () => {
    const small = smallStack('local');
    new HouseFunction(small.stack, 'Function', {
      ...small,
      spec: { ...plain, tables: { ledger: ['PutItem', 'DeleteItem', 'BatchGetItem'] } },
    });
    const { Policies, ManagedPolicyArns } = small.one('AWS::IAM::Role');
    expect(ManagedPolicyArns).toBeUndefined();
    expect(Policies).toHaveLength(1);
    expect(Policies[0].PolicyDocument.Statement).toContainEqual({
      Effect: 'Allow',
      Action: ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'],
      Resource: 'arn:aws:dynamodb:::table/ledger',
    });
  });
});
