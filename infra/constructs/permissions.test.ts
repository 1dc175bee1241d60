import { describe, expect, it } from 'vitest';
import type { FunctionSpec } from '../../shared/runtime/function-spec.ts';
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

  it('acceptsPaymentMethods: none in prod, whose PSP knows no token of a simulator', () => {
    expect(
      given({ acceptsPaymentMethods: true }, smallStack('prod').surroundings).environment,
    ).toEqual({ PROVIDERS: '' });
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
