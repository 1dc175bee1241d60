import type { RequestLimits } from '../shared/domain/access/limits.ts';
import type { OidcIssuer } from '../shared/domain/access/oidc.ts';
import type { ExchangeRates } from '../shared/domain/money/exchange/exchange.ts';
import type { FeePlans } from '../shared/domain/money/fees.ts';
import type { ProviderLimits } from '../shared/domain/provider/limits.ts';
import type { Routes } from '../shared/domain/provider/routing.ts';
import type { RiskRules } from '../shared/domain/risk/assess.ts';
import type { InquirySchedule } from '../shared/domain/saga/inquiry.ts';
import type { WebhookTerms } from '../shared/domain/webhook/terms.ts';
import type { ScheduleName } from '../shared/runtime/function-spec.ts';
import { inquiry } from './stages/inquiry.ts';
import { feePlans, sampleRates } from './stages/money.ts';
import { devBreaker, localBreaker, prodBreaker, simulators } from './stages/providers.ts';
import { type Cadence, schedules } from './stages/schedules.ts';
import { localWebhooks, webhooks } from './stages/webhooks.ts';

export const stageNames = ['local', 'dev', 'prod'] as const;
export type StageName = (typeof stageNames)[number];

export const sagaTypes = ['STANDARD', 'EXPRESS'] as const;
export type SagaType = (typeof sagaTypes)[number];

/** Everything in which two stages differ. */
export interface Stage {
  readonly name: StageName;
  /** How the saga's machine runs; `-c sagaType=EXPRESS` overrides it for one deployment. */
  readonly sagaType: SagaType;
  /** What STANDARD machines log of their states (`machineLogLevel`); never what goes in and out of them. */
  readonly sagaLogLevel: 'ALL' | 'ERROR';
  readonly logRetentionDays: 1 | 14 | 365;
  /** What becomes of tables, keys and logs when their stack is deleted. */
  readonly removal: 'retain' | 'destroy';
  /** Refuses to delete tables and stacks. */
  readonly deletionProtection: boolean;
  readonly pointInTimeRecovery: boolean;
  /** Tables and alarms under a KMS key of our own; otherwise tables are under AWS's. */
  readonly customerManagedKey: boolean;
  readonly alarms: boolean;
  /** X-Ray traces of the API, the functions and the saga. */
  readonly tracing: boolean;
  /** Of so many requests one is traced, beyond the first of each second. */
  readonly tracedOneIn: number;
  /** The API's limit over all callers: steady requests a second, and requests at once. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  /** What a tenant may ask of the API, and all of them together (decisions/0021). */
  readonly limits: RequestLimits;
  /** Origins whose pages may call the API; none: no page may. */
  readonly corsOrigins: readonly string[];
  /**
   * The console's own name, and its certificate in us-east-1; null: a name of CloudFront's, where the
   * least version of TLS is CloudFront's as well.
   */
  readonly consoleDomain: { readonly name: string; readonly certificateArn: string } | null;
  /** Whose tokens the API takes beside its own keys; null: nobody's. */
  readonly oidc: OidcIssuer | null;
  /** Deploys the PSP simulator and charges through it. */
  readonly simulator: boolean;
  readonly riskRules: RiskRules;
  /** For functions that do not ask for their own. */
  readonly memoryMb: number;
  readonly logLevel: 'DEBUG' | 'INFO';
  /**
   * How many times as long as they say the saga's tasks and the API's functions may take: a laptop
   * that runs all of AWS starts a process for each.
   */
  readonly timeoutFactor: number;
  /** How long a PSP or a bank has for its answer; after that the outcome is unknown. */
  readonly providerDeadlineMs: number;
  /** When an unknown outcome is asked for. */
  readonly inquiry: InquirySchedule;
  /** How long a saga has to come to an end before it is begun anew, in ms. */
  readonly stuckAfterMs: number;
  /** How long an authorization is good for; what is not captured by then is given back. */
  readonly authorizationWindowMs: number;
  /** The PSPs, and what protects each. One that was ever charged through stays: it has charges. */
  readonly providers: Readonly<Record<string, ProviderLimits>>;
  /** Which of them a charge is offered to. */
  readonly routes: Routes;
  readonly feePlans: FeePlans;
  readonly exchangeRates: ExchangeRates;
  readonly webhooks: WebhookTerms;
  readonly schedules: Readonly<Record<ScheduleName, Cadence>>;
  /** How long settlement files are kept. */
  readonly fileRetentionDays: 7 | 30 | 3_650;
  /** How long the bus keeps events to be replayed, in days; null: it keeps none. */
  readonly archiveDays: 14 | 90 | null;
}

const blockedInTests = ['tok_blocked_by_risk'];

const weekMs = 7 * 24 * 3_600_000;

const minuteMs = 60_000;

/** Twice what the worst way through a saga takes. */
const stuckAfterMs = 10 * minuteMs;

/**
 * The stages.
 *
 * The saga is STANDARD where its payments matter: a start is idempotent by name, an execution that
 * died says so, and its history is kept for 90 days. It costs 25 USD a million transitions, four of
 * them a payment. `dev` runs EXPRESS, so that both are deployed somewhere.
 */
export const stages: Readonly<Record<StageName, Stage>> = {
  local: {
    name: 'local',
    sagaType: 'STANDARD',
    // ALL costs LocalStack a call through its gateway for each event of an execution.
    sagaLogLevel: 'ERROR',
    logRetentionDays: 1,
    removal: 'destroy',
    deletionProtection: false,
    pointInTimeRecovery: false,
    customerManagedKey: false,
    alarms: true,
    tracing: false,
    tracedOneIn: 20,
    throttle: { ratePerSecond: 200, burst: 400 },
    limits: {
      stage: { perSecond: 2_000, burst: 4_000 },
      tenant: { perSecond: 1_000, burst: 2_000 },
      // Whose limit one can meet by hand.
      tenants: { limited: { perSecond: 1, burst: 10 } },
    },
    corsOrigins: [],
    consoleDomain: null,
    oidc: null,
    simulator: true,
    riskRules: { maxAmountMinor: 10 ** 12, blockedPaymentMethods: blockedInTests },
    memoryMb: 512,
    logLevel: 'INFO',
    timeoutFactor: 6,
    // The simulator is one of the processes that a burst has to start.
    providerDeadlineMs: 12_000,
    // In minutes what takes a day elsewhere; the window is longer than the simulator stalls.
    inquiry: {
      waitsMs: [1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000],
      settleWindowMs: 30_000,
    },
    stuckAfterMs: 3 * minuteMs,
    authorizationWindowMs: weekMs,
    ...simulators({ breaker: localBreaker, slots: 100, rate: null }),
    feePlans,
    exchangeRates: sampleRates,
    webhooks: localWebhooks,
    // What reads everything a laptop would notice.
    schedules: {
      ...schedules,
      audit: { rateMinutes: 24 * 60 },
      republish: { rateMinutes: 24 * 60 },
    },
    fileRetentionDays: 7,
    archiveDays: null,
  },
  dev: {
    name: 'dev',
    sagaType: 'EXPRESS',
    sagaLogLevel: 'ALL',
    logRetentionDays: 14,
    removal: 'destroy',
    deletionProtection: false,
    pointInTimeRecovery: true,
    customerManagedKey: false,
    alarms: true,
    tracing: true,
    tracedOneIn: 20,
    throttle: { ratePerSecond: 50, burst: 100 },
    limits: {
      stage: { perSecond: 45, burst: 90 },
      tenant: { perSecond: 20, burst: 40 },
      tenants: {},
    },
    corsOrigins: [],
    consoleDomain: null,
    oidc: null,
    simulator: true,
    riskRules: { maxAmountMinor: 10 ** 12, blockedPaymentMethods: blockedInTests },
    memoryMb: 512,
    logLevel: 'DEBUG',
    timeoutFactor: 1,
    providerDeadlineMs: 5_000,
    inquiry,
    stuckAfterMs,
    authorizationWindowMs: weekMs,
    // As often as the simulator's API lets anybody in.
    ...simulators({ breaker: devBreaker, slots: 25, rate: { perSecond: 50, burst: 100 } }),
    feePlans,
    exchangeRates: sampleRates,
    webhooks,
    schedules: { ...schedules, reconcile: { rateMinutes: 60 } },
    fileRetentionDays: 30,
    archiveDays: 14,
  },
  prod: {
    name: 'prod',
    sagaType: 'STANDARD',
    // A STANDARD execution keeps its history for 90 days: a second copy in the logs is 3 USD a million.
    sagaLogLevel: 'ERROR',
    logRetentionDays: 365,
    removal: 'retain',
    deletionProtection: true,
    pointInTimeRecovery: true,
    customerManagedKey: true,
    alarms: true,
    tracing: true,
    tracedOneIn: 100,
    throttle: { ratePerSecond: 500, burst: 1_000 },
    // Under the throttle, which sheds what comes first: this one sheds reads before writes.
    limits: {
      stage: { perSecond: 450, burst: 900 },
      tenant: { perSecond: 100, burst: 200 },
      tenants: {},
    },
    corsOrigins: [],
    consoleDomain: null,
    oidc: null,
    simulator: false,
    riskRules: { maxAmountMinor: 10 ** 12, blockedPaymentMethods: [] },
    memoryMb: 512,
    logLevel: 'INFO',
    timeoutFactor: 1,
    providerDeadlineMs: 5_000,
    inquiry,
    stuckAfterMs,
    authorizationWindowMs: weekMs,
    providers: {
      stripe: {
        breaker: prodBreaker,
        // 100 calls a second of a second each. A PSP that hangs holds a tenth of an account's Lambdas.
        slots: 100,
        // Stripe takes 100 changes a second from an account, and as many reads (docs/rate-limits).
        rate: { perSecond: 90, burst: 90 },
      },
    },
    routes: { rules: [], default: ['stripe'] },
    feePlans,
    // Whoever runs it says which rates hold: none is made up.
    exchangeRates: { date: '2026-11-20', base: 'EUR', rates: {} },
    webhooks,
    // Once a day: it costs a read of the whole table.
    schedules: { ...schedules, republish: { cron: '30 3 * * ? *' } },
    fileRetentionDays: 3_650,
    archiveDays: 90,
  },
};

/**
 * The stage of a deployment.
 *
 * @param name `-c stage=<name>`; `local` when absent
 * @param sagaType `-c sagaType=<type>`; the stage's own when absent
 * @throws Error that says what is known
 */
export function stageOf(name: unknown = 'local', sagaType?: unknown): Stage {
  const stage = stages[oneOf('stage', stageNames, name)];
  return sagaType === undefined
    ? stage
    : { ...stage, sagaType: oneOf('sagaType', sagaTypes, sagaType) };
}

/**
 * What a machine of the stage logs. EXPRESS keeps no history, so that its log is all there is of an
 * execution; but on a laptop, where each event would be a call.
 */
export function machineLogLevel(
  { name, sagaLogLevel }: Pick<Stage, 'name' | 'sagaLogLevel'>,
  type: SagaType,
): Stage['sagaLogLevel'] {
  return type === 'EXPRESS' && name !== 'local' ? 'ALL' : sagaLogLevel;
}

/** Tells whether the stage names a PSP that somebody has to give the URL of. Stripe's is its own. */
export function needsProviderUrl({ providers }: Pick<Stage, 'providers'>): boolean {
  return Object.keys(providers).some((name) => name !== 'stripe');
}

/** Before the names of a stage's secrets in the Parameter Store. */
export function secretPrefix({ name }: Pick<Stage, 'name'>): string {
  return `/paysaga/${name}/`;
}

function oneOf<T extends string>(what: string, known: readonly T[], given: unknown): T {
  const found = known.find((candidate) => candidate === given);
  if (!found) {
    throw new Error(`unknown ${what} ${JSON.stringify(given)}: use one of ${known.join(', ')}`);
  }
  return found;
}
