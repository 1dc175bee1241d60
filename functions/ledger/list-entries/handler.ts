import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoBooks } from '../../../shared/adapters/dynamo/ledger/books.ts';
import { dynamoListEntries } from '../../../shared/adapters/dynamo/ledger/ledger-entries.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { listEntries } from './list-entries.ts';

const entries = dynamoListEntries(dynamo(), tableName('ledger'));
const { read } = dynamoBooks(dynamo(), tableName('books'));

export const handler = httpHandler(
  endpoints.listLedgerEntries,
  stageAccess,
  listEntries({ entries, read }),
);
