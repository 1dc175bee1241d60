import { format } from 'node:util';
import { writeAll } from './pipe.mjs';

/** The invocation that runs now; a process serves one at a time. */
export const invocation = { id: '' };

const levels = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
};

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
      writeAll(1, `${new Date().toISOString()}\t${id}\t${level}\t${text}\n`);
    };
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, encoding, callback) => {
      writeAll(1, typeof chunk === 'string' ? chunk : Buffer.from(chunk));
      const done = typeof encoding === 'function' ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  }
}
