import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** All that the console's files are made from. */
const sources = [
  'console/**/*.*',
  'client/src/**/*.ts',
  'shared/contracts/**/*.ts',
  'shared/domain/**/*.ts',
  'package-lock.json',
];

const BUILD_DEADLINE_MS = 180_000;

/**
 * Builds the console with Vite, unless the files there are of these very sources. In a process of its
 * own that yields to others: what a stack's start waits for is the deployment beside it.
 *
 * @param out the folder of the files; what was in it is replaced at once, when all are built
 * @returns the folder
 * @throws Error with the end of what Vite wrote
 */
export async function bundleConsole(
  out: string = join(root, 'dist', 'console'),
  build: (folder: string) => Promise<void> = viteBuild,
): Promise<string> {
  const mark = `${out}.built-from`;
  const key = await hashOfSources();
  const isCurrent = existsSync(join(out, 'index.html')) && existsSync(mark);
  if (isCurrent && (await readFile(mark, 'utf8')) === key) {
    return out;
  }
  // Another command may be building the same: each into a folder of its own, the last one stays.
  const fresh = `${out}.${process.pid}`;
  await mkdir(dirname(out), { recursive: true });
  try {
    await build(fresh);
    await rm(mark, { force: true });
    await rm(out, { recursive: true, force: true });
    await rename(fresh, out);
    await writeFile(mark, key);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return out;
}

async function hashOfSources(): Promise<string> {
  const files = globSync(sources, { cwd: root })
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .sort();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const hash = createHash('sha256');
  for (const [index, file] of files.entries()) {
    hash.update(`${file}\0`).update(contents[index] ?? '');
  }
  return hash.digest('hex');
}

async function viteBuild(folder: string): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const where = ['--config', 'console/vite.config.ts', '--outDir', folder, '--emptyOutDir'];
  const child = spawn(
    process.execPath,
    [vite, 'build', 'console', ...where, '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: BUILD_DEADLINE_MS,
      // A test runner's own NODE_ENV would give the console React's slow build.
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  yieldToOthers(child.pid);
  const ended = await new Promise<number | string | Error>((resolve) => {
    child.once('error', resolve);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
  if (ended !== 0) {
    throw new Error(`vite build ended with ${ended}:\n${output.trim().slice(-4_000)}`);
  }
}

function yieldToOthers(pid: number | undefined): void {
  try {
    if (pid !== undefined) {
      setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
    }
  } catch {
    // It has ended already, or the system does not allow it: then it runs as others do.
  }
}
