// Fault points: pull the plug at a named moment, without a hook in production code. Nothing here runs
// on AWS. A fault is a file, armed by ../../faults.ts.
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAll } from './pipe.mjs';
import { strikesOf } from './strikes.mjs';

const WRITES = /\.(TransactWriteItems|PutItem|UpdateItem)$/;
const SENDS = /\.(SendMessage|PutEvents|StartExecution)$/;

/**
 * Takes one of the times a fault is armed for. Renaming is the claim: of several processes one succeeds.
 *
 * @param {string} folder @param {string} functionKey @param {string} at
 * @returns {boolean} whether this process is the one to end
 */
export function claimFault(folder, functionKey, at) {
  const file = join(folder, `${functionKey}.json`);
  const claimed = `${file}.${process.pid}.claimed`;
  try {
    // Read first: a fault armed for another moment must stay in place.
    if (JSON.parse(readFileSync(file, 'utf8')).at !== at) return false;
    renameSync(file, claimed);
    const fault = JSON.parse(readFileSync(claimed, 'utf8'));
    if (fault.times > 1) {
      writeFileSync(claimed, JSON.stringify({ ...fault, times: fault.times - 1 }));
      renameSync(claimed, file);
    } else {
      unlinkSync(claimed);
    }
    return fault.at === at;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function target(request) {
  return String(request.getHeader('x-amz-target') ?? '');
}

/** The kind of effect that a request to AWS is; null for one that has none. */
function effectOf(request) {
  if (WRITES.test(target(request))) return 'write';
  return SENDS.test(target(request)) ? 'send' : null;
}

/** An id in a path says whom it was about, and not what was done. */
function routeOf({ method, path }) {
  const [route] = path.replace(/^\/_aws\/execute-api\/[^/]+\/[^/]+/, '').split('?');
  return `${method} ${route.replace(/\/(charges|payouts|disputes)\/[^/]+/, '/$1/{id}')}`;
}

/** The value of a header in the list of names and values that undici has. */
function headerOf({ headers }, name) {
  const index = headers.findIndex((text, at) => at % 2 === 0 && text.toLowerCase() === name);
  return index < 0 ? null : headers[index + 1];
}

/** Subscribes to node's own channels for outgoing requests: `node:http` for the SDK, undici for fetch. */
export function watchFaultPoints() {
  const folder = process.env.PAYSAGA_FAULT_DIR;
  const functionKey = process.env.PAYSAGA_FUNCTION ?? process.env.AWS_LAMBDA_FUNCTION_NAME;
  if (!folder || !functionKey) return;
  const random = strikesOf(folder, functionKey);
  const pullPlug = (at, what) => {
    if (!claimFault(folder, functionKey, at) && !random.strikes(at, what)) return;
    writeAll(1, `paysaga fault point: ${functionKey} ends at ${at}\n`);
    process.exit(1);
  };
  subscribe('http.client.request.created', ({ request }) => {
    const effect = effectOf(request);
    if (effect) pullPlug(`before-${effect}`, target(request));
  });
  subscribe('http.client.response.finish', ({ request, response }) => {
    const effect = effectOf(request);
    // A refused write is no write.
    if (effect && response.statusCode === 200) pullPlug(`after-${effect}`, target(request));
  });
  subscribe('undici:request:create', ({ request }) => {
    pullPlug('before-call', routeOf(request));
    const { method, path } = request;
    random.sent({ method, path, operation_id: headerOf(request, 'idempotency-key') });
  });
  subscribe('undici:request:headers', ({ request }) => pullPlug('after-call', routeOf(request)));
}
