import type { Run } from '../../../shared/domain/settlement/run.ts';
import { outputOf, stack } from './stack.ts';

/** Asks the simulator's own side for something. */
export async function simulated<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(`${stack.simulatorUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

/** Runs the reconciliation as the scheduled function and `npm run reconcile -- --cut-off now` do. */
export async function reconcileNow(): Promise<readonly Run[]> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: stack.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    PAYMENTS_TABLE: outputOf('PaymentsTableName'),
    LEDGER_TABLE: outputOf('LedgerTableName'),
    BOOKS_TABLE: outputOf('BooksTableName'),
    SETTLEMENTS_TABLE: outputOf('SettlementsTableName'),
    SETTLEMENTS_BUCKET: outputOf('SettlementsBucketName'),
  });
  const [{ stageSettlement }, { reconcile }] = await Promise.all([
    import('../../../shared/adapters/stage/stage-settlement.ts'),
    import('../../../functions/settlement/reconcile/reconcile.ts'),
  ]);
  const now = () => new Date().toISOString();
  return reconcile(
    { ...stageSettlement(), now, noted: () => {} },
    { providers: ['simulator'], cutOff: now() },
  );
}
