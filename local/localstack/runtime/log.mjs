import { format } from 'node:util';
import { writeAll } from './pipe.mjs';

/** The invocation that runs now, and what it has logged; a process serves one at a time. */
export const invocation = { id: '', logBytes: 0, logLines: 0 };

const LINE_FEED = 10;

const levels = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
};

/** @param {string | Uint8Array} data */
function log(data) {
  const bytes = Buffer.from(data);
  invocation.logBytes += bytes.length;
  invocation.logLines += bytes.filter((byte) => byte === LINE_FEED).length;
  writeAll(1, bytes);
}

/**
 * Gives console lines the form they have in CloudWatch, and makes stdout and stderr synchronous, so
 * that what a function has logged is out before its answer is.
 */
export function patchOutput() {
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (...values) => {
      // A log event is a line, so a line break inside one is a carriage return, as on AWS.
      const text = format(...values).replaceAll('\n', '\r');
      const id = invocation.id || 'undefined';
      log(`${new Date().toISOString()}\t${id}\t${level}\t${text}\n`);
    };
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, encoding, callback) => {
      log(chunk);
      const done = typeof encoding === 'function' ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  }
}
