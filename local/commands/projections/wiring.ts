import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/list/payment-list.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import {
  dynamoGenerations,
  dynamoProjectionControls,
} from '../../../shared/adapters/dynamo/projections/controls.ts';
import { dynamoDailyTotals } from '../../../shared/adapters/dynamo/projections/daily-totals.ts';
import type { ProjectionsDependencies } from './command.ts';

/** The projections of the stage that this process has the environment of. */
export function projectionsOf(): Pick<
  ProjectionsDependencies,
  'controls' | 'rows' | 'scan' | 'events'
> {
  const table = tableName('projections');
  const { scan, events } = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });
  return {
    controls: dynamoProjectionControls(dynamo(), table),
    rows: {
      payment_list: dynamoPaymentList(
        dynamo(),
        tableName('payment_list'),
        dynamoGenerations(dynamo(), table),
      ),
      daily_totals: dynamoDailyTotals(dynamo(), table),
    },
    scan,
    events,
  };
}
