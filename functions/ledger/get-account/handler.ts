import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoBooks } from '../../../shared/adapters/dynamo/ledger/books.ts';
import { dynamoReadLimited } from '../../../shared/adapters/dynamo/ledger/limited-accounts.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { getAccount } from './get-account.ts';

const { read } = dynamoBooks(dynamo(), tableName('books'));
const readLimited = dynamoReadLimited(dynamo(), tableName('ledger'));

export const handler = httpHandler(
  endpoints.getLedgerAccount,
  stageAccess,
  getAccount({ read, readLimited }),
);
