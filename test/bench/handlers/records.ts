import {
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
} from '@aws-lambda-powertools/idempotency';
import {
  BasePersistenceLayer,
  type IdempotencyRecord,
} from '@aws-lambda-powertools/idempotency/persistence';

/**
 * Idempotency records without I/O: what is measured is the library's own time. Its records are kept as
 * its DynamoDB layer would write them, and given up at once, as what is accepted is given up by the
 * store beside it.
 */
export class MemoryRecords extends BasePersistenceLayer {
  readonly #records = new Map<string, IdempotencyRecord>();

  protected async _putRecord(record: IdempotencyRecord): Promise<void> {
    if (this.#records.has(record.idempotencyKey)) {
      throw new IdempotencyItemAlreadyExistsError();
    }
    this.#records.set(record.idempotencyKey, record);
  }

  protected async _getRecord(key: string): Promise<IdempotencyRecord> {
    const record = this.#records.get(key);
    if (!record) {
      throw new IdempotencyItemNotFoundError();
    }
    return record;
  }

  protected async _updateRecord(record: IdempotencyRecord): Promise<void> {
    this.#records.delete(record.idempotencyKey);
  }

  protected async _deleteRecord(record: IdempotencyRecord): Promise<void> {
    this.#records.delete(record.idempotencyKey);
  }
}
