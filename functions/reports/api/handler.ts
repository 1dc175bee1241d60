import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoBooks } from '../../../shared/adapters/dynamo/ledger/books.ts';
import { dynamoGenerations } from '../../../shared/adapters/dynamo/projections/controls.ts';
import { dynamoDailyTotals } from '../../../shared/adapters/dynamo/projections/daily-totals.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { getBalanceReport } from './balances.ts';
import { listDailyTotals } from './daily-totals.ts';

const projections = tableName('projections');
const generations = dynamoGenerations(dynamo(), projections);
const { list } = dynamoDailyTotals(dynamo(), projections);
const { read, days } = dynamoBooks(dynamo(), tableName('books'));
const now = () => new Date();

export const handler = routed([
  {
    endpoint: endpoints.listDailyTotals,
    handler: httpHandler(
      endpoints.listDailyTotals,
      stageAccess,
      listDailyTotals({ list, generations, now }),
    ),
  },
  {
    endpoint: endpoints.getBalanceReport,
    handler: httpHandler(
      endpoints.getBalanceReport,
      stageAccess,
      getBalanceReport({ read, days, now }),
    ),
  },
]);
