import { writeSync } from 'node:fs';

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Returns only when every byte is out: the process may be killed or exit right after.
 *
 * @param {number} fd @param {string | Uint8Array} data
 */
export function writeAll(fd, data) {
  let bytes = Buffer.from(data);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      // The pipe is full and node has made it non-blocking.
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
