import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoBooks } from '../../../shared/adapters/dynamo/ledger/books.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { getTrialBalance } from './get-trial-balance.ts';

const { readAll } = dynamoBooks(dynamo(), tableName('books'));

export const handler = httpHandler(
  endpoints.getTrialBalance,
  stageAccess,
  getTrialBalance(readAll),
);
