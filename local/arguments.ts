import { parseArgs } from 'node:util';
import { type FaultPoint, faultPoints } from './faults.ts';
import { parseLoopbackEndpoint } from './target.ts';

export const usage = `Usage: npm run <command> -- [arguments]

  start [--endpoint URL] [--port N]   the local stack and a demo payment, until Ctrl-C
  up    [--endpoint URL] [--port N]   the local stack, in the background
  down                                ends it
  fault <function> <point> [times]    ends a function's process at ${faultPoints.join(', ')}
  test  [fast]                        every check, against a LocalStack of its own
  contracts check | release VERSION [--json] | fixtures
                                      the contracts against those that are released, and whom they break
  docs [--check]                      the parts of the docs that are made from the code
  simulate [--seeds N] [--from S] [--seed S] [--bug NAME] [--workers W] [--json]
                                      the pipeline in virtual time, with all that can go wrong
  chaos [--payments N] [--seed N] [--json] [--report FILE]
                                      the stacks under faults, held against the 14 invariants
  fuzz [--minutes N] [--seed N]       requests of every endpoint, right ones and noise: no 5xx
  bench                               sizes, init times and the handler's own time
  deploy --stage dev|prod [cdk args]  the stacks into the account of your credentials
  keys create --tenant NAME | --operator [--scopes A,B] [--role NAME] [--expires 90d|TIME]
                                      an API key, shown once
  keys list [--tenant NAME | --operator]
  keys rotate KEY_ID --tenant NAME | --operator [--grace 24h]
                                      the key after it; the old one ends after the grace period
  keys revoke KEY_ID --tenant NAME | --operator --reason TEXT
  keys tenants create NAME | list     who keys are made for
                                      all of these: [--stage dev|prod] [--by NAME] [--json]
  reconcile [--stage dev|prod] [--cut-off now|TIME]
                                      the settlement files that came in, against the ledger
  ledger verify [--stage dev|prod] [--json]
                                      the whole ledger, against everything that it was made from
  dlq list [--queue NAME] | show ID | log [--json] [--stage dev|prod]
                                      the dead letters, one of them, and what was done to them
  dlq redrive [ID... | --queue NAME | --all] [--yes] [--force --reason TEXT] [--by NAME]
                                      what doing them again comes to; with --yes, it is done
  dlq discard ID --reason TEXT [--by NAME]
                                      takes one away, on record
  parked list [--json] [--stage dev|prod]
                                      what waits for a person, what is at risk, and why
  parked resolve OPERATION --outcome took_effect|no_effect|resume|ask --reason TEXT
         [--provider-reference X] [--payment ID] [--by NAME] [--json] [--stage dev|prod]
                                      takes a person's word on one of it, on record
  replay --consumer NAME (--payment ID | --payout ID | --from TIME --to TIME [--tenant TENANT])
                                      what events would make of a consumer's work now; with --live, to it
         [--live --reason TEXT [--allow-side-effects] [--per-second N] [--yes]
         [--name NAME [--position P]] [--by NAME]] [--json] [--stage dev|prod]
  payments explain ID [--at VERSION] [--json] [--stage dev|prod]
                                      what happened to one payment, by all who know, on one time line
  payments show ID [--at VERSION] [--json] [--stage dev|prod]
                                      its whole state, now or as a version left it
  projections list | rebuild NAME [--compare] | abandon NAME [--json] [--stage dev|prod]
                                      which generations read models have; one made anew beside what is live
  acts list [--tenant TENANT] | verify [--seen [TENANT=]SEQUENCE:HASH]... [--json] [--stage dev|prod]
                                      who did what that takes a right to it, as a hash chain
  policy check --principal P --action A [--resource R] [--context C] [--policies FILE | --published]
                                      what the policies say to a question, and which of them; 3: no
  policy test | publish --reason TEXT [--yes] [--policies FILE] [--cases FILE] [--by NAME]
                                      reviews a set of policies; makes it live, on record
  policy show [--version N] [--json] [--stage dev|prod]
                                      the set that is live, or one that was

  --endpoint   an emulator that already runs on this machine, instead of starting one
  --port       of the LocalStack that is started; default: a free one`;

/** A mistake of the caller's: printed without a stack trace, exit code 2. */
export class UsageError extends Error {}

/** @throws {UsageError} for an option that is no whole number from 1 to the most that it may be */
export function numberOption(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) {
    throw new UsageError(`--${name} is a number from 1 to ${most}, not ${text}`);
  }
  return value;
}

export interface StackOptions {
  endpoint?: string;
  port?: number;
}

/** @throws {UsageError} for an unknown option, or a value that cannot be used */
export function parseStackOptions(args: string[]): StackOptions {
  let values: { endpoint?: string | undefined; port?: string | undefined };
  try {
    ({ values } = parseArgs({
      args,
      options: { endpoint: { type: 'string' }, port: { type: 'string' } },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { endpoint, port } = values;
  if (endpoint !== undefined && port !== undefined) {
    throw new UsageError('--port is for the LocalStack that is started; with --endpoint none is');
  }
  const options: StackOptions = {};
  try {
    if (endpoint !== undefined) options.endpoint = parseLoopbackEndpoint(endpoint);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (port !== undefined) {
    const number = Number(port);
    if (!Number.isInteger(number) || number < 1024 || number > 65535) {
      throw new UsageError(`not a port: ${port}; give one from 1024 to 65535`);
    }
    options.port = number;
  }
  return options;
}

/** @param known keys of the functions that are deployed; empty when no stack is up */
export function parseFault(
  args: string[],
  known: string[],
): { functionKey: string; at: FaultPoint; times: number } {
  const [functionKey, at, times = '1', ...rest] = args;
  if (!functionKey || !at || rest.length > 0) {
    throw new UsageError(
      'give a function, a point and, if you like, a number of times: npm run fault -- providers-charge after-write',
    );
  }
  if (!known.includes(functionKey)) {
    throw new UsageError(`unknown function: ${functionKey}; there are ${known.join(', ')}`);
  }
  const point = faultPoints.find((name) => name === at);
  if (!point) throw new UsageError(`unknown point: ${at}; there are ${faultPoints.join(', ')}`);
  if (!/^[1-9]\d{0,3}$/.test(times)) throw new UsageError(`not a number of times: ${times}`);
  return { functionKey, at: point, times: Number(times) };
}
