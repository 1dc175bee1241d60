import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @param {...(string | Uint8Array)} parts @returns {string} hex SHA-256 */
export function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/**
 * Fills a folder once for each key. A mark inside the folder carries the key and is written last, so an
 * interrupted installation is done again from the start.
 *
 * @param {{ folder: string, key: string, install: () => Promise<void> }} what
 * @returns {Promise<boolean>} whether it had to be done
 */
export async function installOnce({ folder, key, install }) {
  if (isInstalled(folder, key)) return false;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await install();
  writeFileSync(markOf(folder), key);
  return true;
}

const markOf = (folder) => join(folder, '.paysaga-key');

/** @param {string} folder @param {string} key */
export function isInstalled(folder, key) {
  return existsSync(markOf(folder)) && readFileSync(markOf(folder), 'utf8') === key;
}

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/**
 * Does the work while holding a lock file, so that two commands started at once do not install into the
 * same folder. A lock whose owner has died is taken over.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {number} [pollMs]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, pollMs = 200) {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      // An empty file is a lock that is being written.
      if (owner && !alive(owner)) rmSync(file, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
