import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import {
  type Breaker,
  type BreakerChange,
  untouched,
} from '../../../domain/provider/breaker/breaker.ts';
import { numberOf } from './health-keys.ts';

type Item = Record<string, AttributeValue>;

/** A breaker from its item; what never had one is untouched. */
export function breakerOf(item: Item | undefined): Breaker {
  if (!item) {
    return untouched;
  }
  const ms = (name: string) => (item[name]?.N === undefined ? null : Number(item[name].N));
  const failures = ms('failures') ?? 0;
  const sinceMs = ms('since');
  const state = item.state?.S;
  if (state === 'closed') {
    return { state, sinceMs, failures, windowStartMs: ms('window_start') };
  }
  const common = { sinceMs: sinceMs ?? 0, failures, untilMs: ms('until') ?? 0 };
  if (state === 'half_open') {
    return { state, ...common, holder: item.holder?.S ?? '' };
  }
  if (state === 'open') {
    return { state, ...common };
  }
  throw new Error(`a breaker is in a state that this version does not know: ${state}`);
}

const names = {
  state: 'state',
  since: 'since',
  failures: 'failures',
  window: 'window_start',
  until: 'until',
  holder: 'holder',
} as const;

const closed = { ':closed': { S: 'closed' } };
const open = { ':open': { S: 'open' } };
const halfOpen = { ':half_open': { S: 'half_open' } };

const isClosed = '#state = :closed';
const isMyProbe = '#state = :half_open AND #holder = :holder';

type Update = Pick<
  UpdateItemCommandInput,
  | 'UpdateExpression'
  | 'ConditionExpression'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
>;

/** A change of a breaker as one conditional update: the conditions of `changedBreaker`. */
export function updateOf(change: BreakerChange): Update {
  const update = expressionsOf(change);
  const used = Object.entries(names).filter(([name]) =>
    `${update.UpdateExpression} ${update.ConditionExpression}`.includes(`#${name}`),
  );
  return {
    ...update,
    ExpressionAttributeNames: Object.fromEntries(used.map(([name, is]) => [`#${name}`, is])),
  };
}

function expressionsOf(change: BreakerChange): Update {
  switch (change.kind) {
    case 'start_window':
    case 'count':
      return countOf(change.kind, change.atMs, change.endedStartMs);
    case 'open': {
      const hasEnoughFailures = '#failures >= :failures';
      return {
        UpdateExpression: 'SET #state = :open, #since = :at, #until = :until REMOVE #window',
        ConditionExpression: `${isClosed} AND ${hasEnoughFailures}`,
        ExpressionAttributeValues: {
          ...closed,
          ...open,
          ':failures': numberOf(change.failures),
          ':at': numberOf(change.atMs),
          ':until': numberOf(change.untilMs),
        },
      };
    }
    case 'take_probe':
      return takeProbe(change);
    default:
      return endOfProbe(change);
  }
}

/**
 * Two failures at once, when the window before is over. Neither is lost:
 *
 *     A  start a window if there is none that runs   ---- written: 1 failure
 *     B     start a window if there is none that runs   ---- refused: A's runs
 *     B                                   count, if one runs   ---- written: 2 failures
 */
function countOf(kind: 'start_window' | 'count', atMs: number, endedStartMs: number): Update {
  const isUntouched = 'attribute_not_exists(pk)';
  const noWindowRuns = '(attribute_not_exists(#window) OR #window <= :ended)';
  const windowRuns = '#window > :ended';
  const values = { ...closed, ':one': numberOf(1), ':ended': numberOf(endedStartMs) };
  return kind === 'start_window'
    ? {
        UpdateExpression: 'SET #state = :closed, #failures = :one, #window = :at',
        ConditionExpression: `${isUntouched} OR (${isClosed} AND ${noWindowRuns})`,
        ExpressionAttributeValues: { ...values, ':at': numberOf(atMs) },
      }
    : {
        UpdateExpression: 'SET #failures = #failures + :one',
        ConditionExpression: `${isClosed} AND ${windowRuns}`,
        ExpressionAttributeValues: values,
      };
}

/**
 * Two calls find the cool-down over. One probes, and its lease is the other's cool-down:
 *
 *     A  take the probe if until <= now   ---- written: half open, until A's lease ends
 *     B     take the probe if until <= now   ---- refused: until is in the future again
 *
 * When A crashes, its lease ends, and the next call finds as much as A did.
 */
function takeProbe({ atMs, holder, untilMs }: Extract<BreakerChange, { kind: 'take_probe' }>) {
  const isNotClosed = '#state IN (:open, :half_open)';
  const waitIsOver = '#until <= :at';
  const isMineAlready = '#holder = :holder';
  return {
    UpdateExpression: 'SET #state = :half_open, #holder = :holder, #until = :until',
    ConditionExpression: `${isNotClosed} AND (${waitIsOver} OR ${isMineAlready})`,
    ExpressionAttributeValues: {
      ...open,
      ...halfOpen,
      ':holder': { S: holder },
      ':at': numberOf(atMs),
      ':until': numberOf(untilMs),
    },
  };
}

/**
 * A prober that was slow ends its probe after another took it over. What it saw is older:
 *
 *     A  take the probe ------ the lease ends ------ close if the probe is A's   ---- refused
 *     B                                 take the probe   ---- written: the probe is B's
 */
function endOfProbe(change: Extract<BreakerChange, { kind: 'close' | 'reopen' }>): Update {
  const values = { ...halfOpen, ':holder': { S: change.holder } };
  return change.kind === 'close'
    ? {
        UpdateExpression:
          'SET #state = :closed, #since = :at, #failures = :none REMOVE #until, #holder',
        ConditionExpression: isMyProbe,
        ExpressionAttributeValues: {
          ...values,
          ...closed,
          ':at': numberOf(change.atMs),
          ':none': numberOf(0),
        },
      }
    : {
        UpdateExpression: 'SET #state = :open, #until = :until REMOVE #holder',
        ConditionExpression: isMyProbe,
        ExpressionAttributeValues: { ...values, ...open, ':until': numberOf(change.untilMs) },
      };
}
