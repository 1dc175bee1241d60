import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoBooks } from '../../../shared/adapters/dynamo/ledger/books.ts';
import { dynamoListEntriesOfDays } from '../../../shared/adapters/dynamo/ledger/ledger-entries.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { getStatement } from './get-statement.ts';

const { read, days } = dynamoBooks(dynamo(), tableName('books'));
const entries = dynamoListEntriesOfDays(dynamo(), tableName('ledger'));

export const handler = httpHandler(
  endpoints.getLedgerStatement,
  stageAccess,
  getStatement({ read, days, entries, now: () => new Date() }),
);
