// What an invocation costs, counted: its time, its log, and each request to AWS with what DynamoDB says
// it consumed. Nothing here runs on AWS, and production code knows nothing of it: it looks at node's own
// channel for outgoing requests. Counting is on while the folder PAYSAGA_COUNT_DIR is there; an
// invocation is a line of a file in it.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { itemBytes, refusedUnits } from './units.mjs';

const SERVICES = {
  DynamoDB_20120810: 'dynamodb',
  AWSEvents: 'events',
  AWSStepFunctions: 'states',
  AmazonSQS: 'sqs',
  TrentService: 'kms',
  secretsmanager: 'secretsmanager',
};
/** Payments and operations have ids of version 8. */
const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** What an event weighs besides its text: its time. */
const EVENT_TIME_BYTES = 14;
const MAX_KEY_LENGTH = 200;

/** The invocation that is counted; null while none is. */
let counted = null;

/**
 * @param {{ id: string }} request @param {unknown} event @param {number} initMs of the process, for its first
 */
export function beginCount(request, event, initMs) {
  const folder = process.env.PAYSAGA_COUNT_DIR;
  counted = null;
  if (!folder || !existsSync(folder)) return;
  counted = {
    folder,
    request_id: request.id,
    init_ms: initMs,
    started: new Date().toISOString(),
    since: performance.now(),
    cpuSince: process.cpuUsage(),
    event,
    calls: [],
    outside_calls: 0,
  };
}

/**
 * @param {{ logBytes: number, logLines: number }} log
 * @param {{ payload?: string, error?: object }} outcome
 */
export function endCount(log, outcome) {
  if (!counted) return;
  const { folder, since, cpuSince, event, calls, ...rest } = counted;
  counted = null;
  const { env } = process;
  const name = env.AWS_LAMBDA_FUNCTION_NAME;
  const costed = calls.map(({ body, chunks, ...call }) => ({
    ...call,
    ...costOf(call, body, chunks),
  }));
  // Of a refused request nothing but the keys of what it would have written tells whom it was about.
  const keys = costed.flatMap(({ items = [] }) => items.map(({ pk }) => pk));
  const text = JSON.stringify(event) + (outcome.payload ?? '') + keys.join(' ');
  const line = {
    function: name,
    memory_mb: Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE),
    ...rest,
    ms: performance.now() - since,
    cpu_ms: cpuMs(cpuSince),
    log_bytes: log.logBytes,
    log_lines: log.logLines,
    records: Array.isArray(event.Records) ? event.Records.length : null,
    // Of a tumbling window: its last call has no records to know it by.
    window: event.window ? `${event.shardId} ${event.window.start}` : null,
    is_last_of_window: event.isFinalInvokeForWindow === true,
    ids: [...new Set(text.match(IDS) ?? [])],
    status: statusOf(outcome.payload),
    error: outcome.error?.errorType ?? null,
    calls: costed,
  };
  try {
    appendFileSync(join(folder, `${name}.${process.pid}.jsonl`), `${JSON.stringify(line)}\n`);
  } catch (error) {
    // Nobody counts any more: the folder went while this ran.
    if (error.code !== 'ENOENT') throw error;
  }
}

function cpuMs(since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** Of an answer over HTTP. */
function statusOf(payload) {
  const { statusCode = null } = (payload && JSON.parse(payload)) ?? {};
  return statusCode;
}

/** Subscribes to node's channels of outgoing requests: `node:http` is AWS's SDK, undici's are PSPs and merchants. */
export function watchCalls() {
  if (!process.env.PAYSAGA_COUNT_DIR) return;
  const pending = new WeakMap();
  subscribe('http.client.request.created', ({ request }) => {
    const [prefix, operation] = String(request.getHeader('x-amz-target') ?? '').split('.');
    const service = SERVICES[prefix];
    if (!counted || !service) return;
    const call = { service, operation, status: null, body: null, chunks: [] };
    counted.calls.push(call);
    pending.set(request, call);
    const { end } = request;
    request.end = (data, ...rest) => {
      const sent = data === undefined ? '{}' : Buffer.from(data).toString();
      call.body = JSON.parse(sent);
      if (service !== 'dynamodb') return end.call(request, data, ...rest);
      const asked = Buffer.from(
        JSON.stringify({ ...call.body, ReturnConsumedCapacity: 'INDEXES' }),
      );
      request.setHeader('content-length', asked.length);
      return end.call(request, asked, ...rest);
    };
  });
  subscribe('undici:request:create', () => {
    if (counted) counted.outside_calls += 1;
  });
  // Published when the head of an answer is there, and before any of its body is.
  subscribe('http.client.response.finish', ({ request, response }) => {
    const call = pending.get(request);
    if (!call) return;
    call.status = response.statusCode;
    const { push } = response;
    response.push = (chunk, ...rest) => {
      if (chunk) call.chunks.push(Buffer.from(chunk));
      return push.call(response, chunk, ...rest);
    };
  });
}

function costOf({ service, operation, status }, body, chunks) {
  switch (service) {
    case 'dynamodb':
      return {
        units: status === 200 ? consumed(operation, chunks) : refused(operation, status, body),
        consistent: body.ConsistentRead === true,
        items: itemsOf(operation, body),
      };
    case 'events':
      return { events: body.Entries.map(eventBytes) };
    case 'states':
      // A start that came too late has no answer, and belongs to the one before.
      return { execution: status === 200 ? answerOf(chunks).executionArn : null };
    default:
      return {};
  }
}

function answerOf(chunks) {
  return JSON.parse(Buffer.concat(chunks).toString());
}

function eventBytes({ Source, DetailType, Detail }) {
  return EVENT_TIME_BYTES + Buffer.byteLength(`${Source}${DetailType}${Detail}`);
}

/** By table and index; index null: the table itself. */
function consumed(operation, chunks) {
  const { ConsumedCapacity = [] } = answerOf(chunks);
  const isRead = /^(?:Get|BatchGet|TransactGet|Query|Scan)/.test(operation);
  return [ConsumedCapacity].flat().flatMap(({ TableName, Table, GlobalSecondaryIndexes = {} }) =>
    [[null, Table], ...Object.entries(GlobalSecondaryIndexes)].map(([index, capacity]) => ({
      table: TableName,
      index,
      read: isRead ? capacity.CapacityUnits : (capacity.ReadCapacityUnits ?? 0),
      write: isRead ? 0 : (capacity.WriteCapacityUnits ?? capacity.CapacityUnits),
    })),
  );
}

/** A server's fault is not charged. */
function refused(operation, status, body) {
  if (status !== 400) return [];
  return refusedUnits(operation, body).map((units) => ({ ...units, index: null, read: 0 }));
}

/** What is written or read, by its key. Of what is put its size, and what an index could be by. */
function itemsOf(operation, body) {
  const parts =
    operation === 'TransactWriteItems'
      ? body.TransactItems.flatMap((entry) => Object.entries(entry))
      : [[operation, body]];
  return parts.flatMap(([act, { TableName, Item, Key }]) => {
    const { pk, sk } = Item ?? Key ?? {};
    const put = Item ? { bytes: itemBytes(Item), sizes: sizesOf(Item), texts: textsOf(Item) } : {};
    return pk ? [{ act, table: TableName, pk: pk.S, sk: sk.S, ...put }] : [];
  });
}

/** By attribute, with its name. */
function sizesOf(item) {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, itemBytes({ [name]: value })]),
  );
}

function textsOf(item) {
  const short = Object.entries(item).filter(([, { S }]) => S && S.length <= MAX_KEY_LENGTH);
  return Object.fromEntries(short.map(([name, { S }]) => [name, S]));
}
