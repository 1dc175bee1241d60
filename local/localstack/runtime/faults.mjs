// Fault points: pull the plug at a named moment, without a hook in production code. Nothing here runs
// on AWS. A fault is a file, armed by ../../faults.ts.
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAll } from './pipe.mjs';

const WRITES = /\.(TransactWriteItems|PutItem|UpdateItem)$/;

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

/** Subscribes to node's own channels for outgoing requests: `node:http` for the SDK, undici for fetch. */
export function watchFaultPoints() {
  const folder = process.env.PAYSAGA_FAULT_DIR;
  const functionKey = process.env.PAYSAGA_FUNCTION ?? process.env.AWS_LAMBDA_FUNCTION_NAME;
  if (!folder || !functionKey) return;
  const pullPlug = (at) => {
    if (!claimFault(folder, functionKey, at)) return;
    writeAll(1, `paysaga fault point: ${functionKey} ends at ${at}\n`);
    process.exit(1);
  };
  subscribe('http.client.request.created', ({ request }) => {
    if (WRITES.test(target(request))) pullPlug('before-write');
  });
  subscribe('http.client.response.finish', ({ request, response }) => {
    // A refused write is no write.
    if (WRITES.test(target(request)) && response.statusCode === 200) pullPlug('after-write');
  });
  subscribe('undici:request:create', () => pullPlug('before-call'));
  subscribe('undici:request:headers', () => pullPlug('after-call'));
}
