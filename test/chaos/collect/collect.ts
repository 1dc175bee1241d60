import { stages } from '../../../infra/stages.ts';
import { deadLettersOf } from '../../../local/commands/dlq/wiring.ts';
import { sentCalls } from '../../../local/faults.ts';
import { simulatorPsps, simulatorRoots } from '../../../shared/contracts/simulator/common.ts';
import {
  SimulatorOperationReport,
  SimulatorTotals,
} from '../../../shared/contracts/simulator/control.ts';
import { auditActs } from '../../../shared/domain/audit/acts.ts';
import { auditLedger, reportOf } from '../../../shared/domain/audit/audit.ts';
import { maxResumes } from '../../../shared/domain/payment/recovery/sweep.ts';
import type { StoredPayment, StoredPayout } from '../../../shared/ports/audit.ts';
import type { Charge } from '../../../shared/ports/simulator-store.ts';
import { survey } from '../../../shared/runtime/dead-letters/survey.ts';
import type { Injected } from '../injected/injector.ts';
import type { DeadLetterEvidence, Evidence, PspEffect, PspEvidence } from '../proof/evidence.ts';
import { operationIdsOf } from '../proof/psp.ts';
import type { ChaosStack } from '../stack/chaos-stack.ts';
import type { Merchants } from '../stack/driver.ts';
import { actsOf, auditSourcesOf, readNotices, scan } from '../stack/looks.ts';
import { rowsOf } from '../stack/quiet.ts';
import type { Witness } from '../stack/witness.ts';
import { searchForSecrets } from './secrets.ts';
import { askAsStrangers } from './strangers.ts';

const askedAtOnce = 6;

/** Collects all that the invariants are checked on, from a stack that is quiet. */
export async function collectEvidence(
  stack: ChaosStack,
  {
    seed,
    merchants,
    witness,
    injected,
  }: {
    readonly seed: number;
    readonly merchants: Merchants;
    readonly witness: Witness;
    readonly injected: Injected;
  },
): Promise<Evidence> {
  const sources = auditSourcesOf(stack);
  const payments: StoredPayment[] = [];
  const payouts: StoredPayout[] = [];
  for await (const subject of sources.subjects.all()) {
    if (subject.kind === 'payment') {
      payments.push(subject);
    } else if (subject.kind === 'payout') {
      payouts.push(subject);
    }
  }
  const started = new Date().toISOString();
  const audited = await auditLedger(sources, { started, isOutOfTime: () => false });
  const acts = await auditActs(actsOf(stack), audited.found, {
    seen: {},
    isOutOfTime: () => false,
  });
  const psps = await pspsOf(stack, payments);
  const deadLetters = await deadLettersIn(stack);
  const strangers = await askAsStrangers(stack, payments, seed);
  await witness.finish();
  const messages = [...witness.bodies, ...deadLetters.map(({ body }) => body)];
  const answers = merchants.exchanges.map(({ text }) => text);
  return {
    exchanges: merchants.exchanges,
    payments,
    payouts,
    report: reportOf(audited, { started, ended: new Date().toISOString() }, acts),
    trialBalances: audited.trialBalances,
    transfers: await all(sources.ledger.transfers()),
    limited: await all(sources.ledger.limitedAccounts()),
    psps,
    calls: sentCalls(stack.stateDir),
    published: witness.seen,
    publishedByHand: injected.publishedByHand,
    rows: await rowsOf(stack),
    notices: (await readNotices(stack)).map((notice) => ({
      notice,
      again: injected.noticesAgain.get(notice.id) ?? 0,
    })),
    deadLetters,
    secrets: await searchForSecrets(stack, { seed, messages, answers }),
    strangers,
    terms: termsOf(),
  };
}

/**
 * What the stage says of time. The longest way to an end: a saga that dies each time it is begun anew, a
 * minute of the sweeper's clock beside it, and then every inquiry, each running into its timeout.
 */
function termsOf(): Evidence['terms'] {
  const { inquiry, stuckAfterMs, providerDeadlineMs } = stages.local;
  const sweepMs = stuckAfterMs + 60_000;
  const asked = inquiry.waitsMs.reduce((sum, ms) => sum + ms + providerDeadlineMs, 0);
  return {
    settleWindowMs: inquiry.settleWindowMs,
    budgetMs: (maxResumes + 1) * sweepMs + asked,
  };
}

/** What each PSP has in its store, and what its control side says. */
async function pspsOf(
  stack: ChaosStack,
  payments: readonly StoredPayment[],
): Promise<PspEvidence[]> {
  const stored = simulatorPsps.map((name) => ({
    name,
    charges: [] as Charge[],
    effects: [] as PspEffect[],
  }));
  for await (const { pk, sk, operation, amount, data } of scan(stack, 'SimulatorTableName')) {
    const partition = pk?.S ?? '';
    const sortKey = sk?.S ?? '';
    const psp = stored.find(({ name }) => partition.startsWith(`${name}/`)) ?? stored[0];
    const own = partition.split('/').at(-1) ?? '';
    if (sortKey === 'CHARGE' && own.startsWith('CHARGE#')) {
      psp?.charges.push(JSON.parse(data?.S ?? ''));
    } else if (sortKey.startsWith('EFFECT#') && own.startsWith('OPERATION#')) {
      psp?.effects.push({
        operationId: own.slice('OPERATION#'.length),
        operation: operation?.S as PspEffect['operation'],
        amountMinor: Number(amount?.N),
      });
    }
  }
  const ids = [...operationIdsOf(payments)];
  return Promise.all(
    stored.map(async (psp) => {
      const root = `${stack.simulatorUrl}${simulatorRoots[psp.name]}`;
      const reported: PspEvidence['reported'][number][] = [];
      const next = ids.values();
      await Promise.all(
        Array.from({ length: askedAtOnce }, async () => {
          for (const id of next) {
            reported.push(SimulatorOperationReport.parse(await read(`${root}/operations/${id}`)));
          }
        }),
      );
      return { ...psp, reported, totals: SimulatorTotals.parse(await read(`${root}/totals`)) };
    }),
  );
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
}

async function read(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

/** Every dead letter, as `npm run dlq -- list` has it: with its verdict. They stay where they are. */
async function deadLettersIn({ outputs }: ChaosStack): Promise<DeadLetterEvidence[]> {
  const { edges, ...deps } = deadLettersOf(outputs);
  return survey(deps, edges, null, async (found) =>
    found.flatMap(({ edge, cases }) =>
      cases.map(({ letter, reason, verdict }) => ({
        edge: edge.name,
        body: letter.body,
        reason,
        explanation: verdict.kind === 'unknown' ? null : `${verdict.kind}: ${verdict.why}`,
      })),
    ),
  );
}
