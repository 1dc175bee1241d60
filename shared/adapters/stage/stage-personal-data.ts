import { randomBytes, randomUUID } from 'node:crypto';
import type { PersonalDataVault } from '../../ports/personal-data.ts';
import { dynamo, tableName } from '../dynamo/client.ts';
import { setting } from '../environment.ts';
import { dynamoCustomerKeys } from '../personal-data/dynamo-customer-keys.ts';
import { lateDataKeys } from '../personal-data/late-data-keys.ts';
import { personalDataVault } from '../personal-data/vault.ts';

/** The personal data of the deployed stage: keys in the table `customers`, wrapped by the stage's key. */
export function stagePersonalData(): PersonalDataVault {
  const keyArn = setting('PERSONAL_DATA_KEY');
  return personalDataVault({
    keys: dynamoCustomerKeys(dynamo(), tableName('customers')),
    dataKeys: lateDataKeys(async () => {
      const { kmsDataKeys } = await import('../personal-data/kms-data-keys.ts');
      return kmsDataKeys(keyArn);
    }),
    newKeyId: randomUUID,
    randomBytes,
    nowMs: Date.now,
  });
}
