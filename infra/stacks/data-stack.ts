import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { TableName } from '../../shared/runtime/function-spec.ts';
import { constructId } from '../constructs/house-function.ts';
import { HouseTable, type HouseTableProps } from '../constructs/house-table.ts';
import type { TableRef } from '../constructs/surroundings.ts';
import { HouseStack, type HouseStackProps } from './house-stack.ts';

export type DataTableName = Exclude<TableName, 'simulator'>;

/** Each table beyond the house's defaults. */
const tables: Readonly<Record<DataTableName, Pick<HouseTableProps, 'stream' | 'indexes'>>> = {
  /** The event store and outbox: its stream starts sagas and feeds the bus. */
  payments: { stream: true },
  /** Transfers: its stream feeds the books, its indexes are the statements. */
  ledger: {
    stream: true,
    indexes: {
      by_debit_account: { partition: 'debit_account', sort: 'position' },
      by_credit_account: { partition: 'credit_account', sort: 'position' },
    },
  },
  /** Open balances: one item a tenant and currency. */
  books: {},
  /** The read model of `GET /payments`. */
  payment_list: { indexes: { by_status: { partition: 'status_key', sort: 'sk' } } },
  /** API keys, by their hashes. */
  access: {},
};

/** The tables, in a stack of their own: what computes can be replaced without them. */
export class DataStack extends HouseStack {
  readonly tables: Readonly<Record<DataTableName, TableRef>>;

  constructor(scope: Construct, props: HouseStackProps) {
    super(scope, 'data', 'tables', props);
    const { stage } = props;
    const key = stage.customerManagedKey ? this.#tableKey() : undefined;
    const made = Object.entries(tables).map(([name, options]) => {
      const table = new HouseTable(this, constructId(name), { stage, key, ...options });
      this.output(`${constructId(name)}TableName`, table.tableName, `The table ${name}`);
      return [name, table] as const;
    });
    this.tables = Object.fromEntries(made) as unknown as Record<DataTableName, TableRef>;
  }

  /**
   * The key of the tables. Who may use a table may use its key, but only through DynamoDB: the same
   * rule as AWS's own key has, so that functions need no permission on the key itself.
   */
  #tableKey(): Key {
    const key = new Key(this, 'TableKey', {
      description: 'Paysaga: tables',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ThroughDynamoDbInThisAccount',
        principals: [new AnyPrincipal()],
        actions: [
          'kms:CreateGrant',
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey*',
          'kms:ReEncrypt*',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': Aws.ACCOUNT_ID,
            'kms:ViaService': `dynamodb.${Aws.REGION}.amazonaws.com`,
          },
        },
      }),
    );
    return key;
  }
}
