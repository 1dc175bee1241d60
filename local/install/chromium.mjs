// The browser that the console's tests run in. Node 20, no dependencies.
import { accessSync, constants } from 'node:fs';
import { run, which } from './commands.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const ofMacOs = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const APT_DEADLINE_MS = 240_000;
const APT_TRIES = 3;

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A Chromium or Chrome: PAYSAGA_CHROMIUM and no other if that is set, else one on PATH, else where
 * macOS has them.
 *
 * @param {{ env?: NodeJS.ProcessEnv, platform?: string, isFile?: (file: string) => boolean }} [machine]
 * @returns {string | undefined} its path
 */
export function findChromium({
  env = process.env,
  platform = process.platform,
  isFile = isExecutable,
} = {}) {
  const named = env.PAYSAGA_CHROMIUM;
  if (named) return isFile(named) ? named : undefined;
  for (const name of names) {
    const file = which(name, env.PATH);
    if (file) return file;
  }
  return platform === 'darwin' ? ofMacOs.find(isFile) : undefined;
}

/**
 * The apt-get that can install one here: for root, as on a fresh CI machine. Nobody else is asked for a
 * password, and a browser that PAYSAGA_CHROMIUM names is not replaced by another.
 *
 * @param {{ env?: NodeJS.ProcessEnv, uid?: number }} [machine]
 */
export function aptGetOfRoot({ env = process.env, uid = process.getuid?.() } = {}) {
  return uid === 0 && !env.PAYSAGA_CHROMIUM ? which('apt-get', env.PATH) : undefined;
}

/**
 * Installs Chromium with apt-get, and fonts that it can draw text with. The lists of packages are fetched first only if it is not in them.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} aptGet
 * @param {(command: string, args: string[], options: object) => Promise<string>} [execute]
 * @throws {Error} with the end of what apt-get wrote, when no try succeeds
 */
export async function installChromium(progress, aptGet, execute = run) {
  const options = {
    timeout: APT_DEADLINE_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const install = ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation'];
  await progress.step('Chromium (apt-get)', async () => {
    for (let tried = 1; ; tried += 1) {
      try {
        await execute(aptGet, install, options);
        return;
      } catch (error) {
        if (tried === APT_TRIES) throw error;
        // Its own failure shows in the next try.
        await execute(aptGet, ['update'], options).catch(() => undefined);
      }
    }
  });
}
