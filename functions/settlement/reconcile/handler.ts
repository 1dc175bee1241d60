import type { ScheduledEvent } from 'aws-lambda';
import { stageProviderNames } from '../../../shared/adapters/stage/stage-payment-methods.ts';
import { stageSettlement } from '../../../shared/adapters/stage/stage-settlement.ts';
import { count, logger, observed } from '../../../shared/runtime/observability.ts';
import { reconcile } from './reconcile.ts';

const settlement = stageSettlement();

export const handler = observed<ScheduledEvent, void>(async () => {
  const runs = await reconcile(
    {
      ...settlement,
      now: () => new Date().toISOString(),
      noted: ({ kind }) => count(kind === 'filed' ? 'ReconciliationBreak' : 'SettlementPosted'),
    },
    { providers: stageProviderNames() },
  );
  for (const { file, figures } of runs) {
    const { lines, matched, breaks } = figures;
    logger.info('reconciled', { file, lines, matched, breaks });
  }
});
