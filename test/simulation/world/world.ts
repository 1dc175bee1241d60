import { functionSpecs } from '../../../functions/index.ts';
import { attributesOf } from '../../../shared/adapters/dynamo/ledger/transfer-item.ts';
import { eventItem } from '../../../shared/adapters/dynamo/payments/event-item.ts';
import { memorySettlementFiles } from '../../../shared/adapters/memory/settlement-files.ts';
import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { ProviderLimits } from '../../../shared/domain/provider/limits.ts';
import type { SettlementFiles } from '../../../shared/ports/settlement/settlement-files.ts';
import { type Bus, bus, type Rule } from '../aws/bus.ts';
import { type DeadLetters, deadLetters, type Letter } from '../aws/dead-letters.ts';
import { type Deployed, type Lambda, lambda } from '../aws/lambda.ts';
import { type Execution, machines } from '../aws/machines/machine.ts';
import { type Queue, queue } from '../aws/queue.ts';
import { type Schedule, schedule } from '../aws/schedule.ts';
import { consumeStream, type TableStream, tableStream } from '../aws/stream.ts';
import type { Dice } from '../kernel/dice.ts';
import type { Core } from '../kernel/process.ts';
import type { Timeline } from '../kernel/timeline.ts';
import { type SimulatedBank, simulatedBank } from '../psp/bank.ts';
import { tellBy } from '../psp/notices.ts';
import { type Psp, psp } from '../psp/psp.ts';
import { wiring } from '../wiring/wiring.ts';
import { type Api, api, findPrincipal } from './api.ts';
import { machinesOf, specs } from './deployed.ts';
import { passes } from './filter.ts';
import { given } from './given.ts';
import { stores as newStores, type SimulatedStage, type Stores, stageOf } from './parts.ts';

/** Everything of a run that can be looked at, and nothing that changes it. */
export interface World {
  readonly seed: number;
  readonly stage: SimulatedStage;
  /** Virtual milliseconds since the run began. */
  readonly nowMs: () => number;
  /** The start of virtual time, in ms of the real calendar. */
  readonly epochMs: number;
  readonly stores: Stores;
  /** The PSPs and their own books, by their names. */
  readonly psps: ReadonlyMap<string, Psp>;
  readonly bank: SimulatedBank;
  readonly bus: Pick<Bus, 'taken'>;
  /** All that PSPs and the bank told unasked, as often as they did. */
  readonly notices: readonly ProviderNoticeMessage[];
  /** By the function that works them off. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** By the function whose they are. */
  readonly deadLetters: ReadonlyMap<string, DeadLetters>;
  readonly streams: { readonly payments: TableStream; readonly ledger: TableStream };
  readonly executions: readonly Execution[];
  /** Invocations that have neither ended nor died. */
  readonly functions: Pick<Lambda, 'running'>;
  /** What clients asked, and what they were told. */
  readonly exchanges: Api['exchanges'];
  /** The names of ids, as a timeline has them. */
  readonly names: ReadonlyMap<string, string>;
  readonly timeline: Timeline;
  /** What the functions logged; nothing in a run in which nobody listens. */
  readonly logged: readonly string[];
}

/** A world, and what moves it. */
export interface MovingWorld extends World {
  readonly api: Api;
  readonly lambda: Lambda;
  readonly files: SettlementFiles;
  readonly schedules: ReadonlyMap<string, Schedule>;
  /** Has somebody told of each dead letter. */
  readonly onLetter: (listen: (of: string, letter: Letter) => void) => void;
  /** Has somebody told of each event. */
  readonly onEvent: (listen: (event: AnyEvent) => void) => void;
  /** Brings what was written since the last time into the streams; how many changes that is. */
  readonly pump: () => number;
  /** Loads each function once, so that all that they are given is known. */
  readonly loadAll: () => void;
}

/** How PSPs are protected in a run: as in a stage, or so that it is felt. */
function limitsOf(dice: Dice): ProviderLimits {
  return {
    breaker: {
      failures: dice.pick('failures that open a breaker', [2, 10]),
      windowMs: 10_000,
      coolDownMs: 10_000,
    },
    slots: dice.pick('slots of a PSP', [2, 25]),
    rate: dice.pick('rate of a PSP', [
      { perSecond: 1, burst: 3 },
      { perSecond: 50, burst: 100 },
    ]),
  };
}

/** 1 March 2026. */
const epochMs = Date.UTC(2026, 2, 1);

/** As `infra/constructs/edges/work-queue.ts` has them. */
const maxReceives = 5;
const visibilityPerTimeout = 6;

/** @param logged where the lines come that the functions log */
export function buildWorld(
  core: Core,
  names: Map<string, string>,
  logged: readonly string[],
): MovingWorld {
  const { dice, kernel } = core;
  const stage =
    stageOf[dice.pick<keyof typeof stageOf>('saga type', ['STANDARD', 'STANDARD', 'EXPRESS'])];
  const stores = newStores();
  const onLetter: ((of: string, letter: Letter) => void)[] = [];
  const dead = new Map<string, DeadLetters>(
    Object.keys(wiring).map((name) => [
      name,
      deadLetters(name, (letter) => {
        for (const listen of onLetter) {
          listen(name, letter);
        }
      }),
    ]),
  );
  const deadOf = (name: string) => dead.get(name) as DeadLetters;
  const { settleWindowMs } = stage.inquiry;
  const queues = new Map<string, Queue>();
  const notices: ProviderNoticeMessage[] = [];
  const tell = tellBy(core, (id, body) => {
    notices.push(JSON.parse(body));
    queues.get('payments-take-notice')?.send(id, body);
  });
  const bank = simulatedBank(core, { settleWindowMs, epochMs, nameOf: names, tell });
  const files = memorySettlementFiles(() => new Date(epochMs + Math.floor(kernel.now())));
  const psps = new Map(
    ['simulator', 'simulator-b'].map(
      (name) => [name, psp(core, { name, settleWindowMs, epochMs, nameOf: names, tell })] as const,
    ),
  );
  const route = dice.chance('two PSPs', 0.6)
    ? (['simulator', 'simulator-b'] as const)
    : (['simulator'] as const);

  const deployed = new Map<string, Deployed>();
  const functions = lambda(core, deployed);
  const known = machinesOf(stage);
  const stepFunctions = machines(core, functions, known, names);
  const rules: Rule[] = [];
  const events = bus(
    core,
    () => rules,
    ({ subject, sequence }) => `${names.get(subject) ?? subject}#${sequence}`,
  );
  const parts = {
    stage,
    stores,
    psps,
    route,
    bank: bank.bank,
    files,
    limits: limitsOf(dice),
    machines: stepFunctions,
    publish: events.put,
    deadLetter: (of: string, letter: Letter) => deadOf(of).take(letter),
    findPrincipal,
    maxReceives,
  };
  for (const { name, timeoutMs } of functionSpecs) {
    const load = wiring[name];
    if (load) {
      deployed.set(name, {
        name,
        timeoutMs,
        load: (environment) => load(given(core, { name, environment }, epochMs), parts),
      });
    }
  }

  const streams = {
    payments: tableStream(core, 'payments'),
    ledger: tableStream(core, 'ledger'),
  };
  for (const { name, trigger } of specs('stream')) {
    consumeStream(core, functions, streams[trigger.table as keyof typeof streams], {
      function: name,
      isFor: (record) => passes(trigger.filters, record),
      batchSize: trigger.batchSize,
      retries: dice.pick(`retries of ${name}`, [50, 5, 5, 5]),
      deadLetters: deadOf(name),
      namesShard: trigger.tumblingWindowMs !== undefined,
    });
  }
  for (const { name, trigger, timeoutMs } of [...specs('consumer'), ...specs('queue')]) {
    const target = queue(core, functions, {
      function: name,
      visibilityMs: timeoutMs * visibilityPerTimeout,
      maxReceives,
      deadLetters: deadOf(name),
    });
    queues.set(name, target);
    if (trigger.kind === 'consumer') {
      rules.push({ types: new Set(trigger.events), target });
    }
  }
  const schedules = new Map(
    specs('schedule').map(({ name, trigger }) => [
      trigger.schedule as string,
      schedule(core, functions, { function: name, deadLetters: deadOf(name) }),
    ]),
  );

  const onEvent: ((event: AnyEvent) => void)[] = [];
  const pumpEvent = (event: AnyEvent) => {
    putEvent(streams.payments, event);
    for (const listen of onEvent) {
      listen(event);
    }
  };
  const pumped = { payments: 0, payouts: 0, transfers: 0 };
  const pump = (): number => {
    const { payments, payouts, ledger } = stores;
    const before = pumped.payments + pumped.payouts + pumped.transfers;
    for (; pumped.payments < payments.allEvents.length; pumped.payments++) {
      pumpEvent(payments.allEvents[pumped.payments] as AnyEvent);
    }
    for (; pumped.payouts < payouts.allEvents.length; pumped.payouts++) {
      pumpEvent(payouts.allEvents[pumped.payouts] as AnyEvent);
    }
    if (ledger.written() > pumped.transfers) {
      const transfers = ledger.transfers();
      for (; pumped.transfers < transfers.length; pumped.transfers++) {
        putTransfer(streams.ledger, transfers[pumped.transfers] as Transfer);
      }
    }
    return pumped.payments + pumped.payouts + pumped.transfers - before;
  };

  const front = api(core, functions);
  return {
    seed: core.seed,
    stage,
    nowMs: kernel.now,
    epochMs,
    stores,
    psps,
    bank,
    files,
    bus: events,
    notices,
    queues,
    deadLetters: dead,
    streams,
    executions: stepFunctions.executions,
    functions,
    exchanges: front.exchanges,
    names,
    timeline: core.timeline,
    logged,
    api: front,
    lambda: functions,
    schedules,
    onLetter: (listen) => {
      onLetter.push(listen);
    },
    onEvent: (listen) => {
      onEvent.push(listen);
    },
    pump,
    loadAll: () => {
      const nobody = (): never => {
        throw new Error('nobody runs');
      };
      for (const { load } of deployed.values()) {
        load({ process: nobody, effect: nobody });
      }
    },
  };
}

function putEvent(stream: TableStream, event: AnyEvent): void {
  const image = eventItem(event);
  stream.put(String(image.pk?.S), { NewImage: image as never });
}

function putTransfer(stream: TableStream, transfer: Transfer): void {
  const pk = `TRANSFER#${transfer.id}`;
  stream.put(pk, { NewImage: { pk: { S: pk }, ...attributesOf(transfer) } as never });
}
