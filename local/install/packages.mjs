import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, run, which } from './commands.mjs';
import { hashOf, installOnce, isInstalled } from './once.mjs';
import { installed, repository } from './toolchain.mjs';

const localstack = join(repository, 'local', 'localstack');
const requirements = join(localstack, 'requirements.txt');
const COPY_DEPENDENCIES =
  'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * Whether node_modules is what package-lock.json says.
 *
 * @param {string} root folder that holds both
 */
export function isNpmCurrent(root) {
  const lock = join(root, 'package-lock.json');
  const hidden = join(root, 'node_modules', '.package-lock.json');
  const mark = join(root, 'node_modules', '.paysaga-lock');
  // npm writes its hidden lock file last, so without it an installation was interrupted.
  if (!existsSync(hidden)) return false;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hashOf(readFileSync(lock))) return true;
  // Somebody ran npm by hand. npm itself compares these two times; it writes both within a moment.
  return statSync(hidden).mtimeMs + 2000 >= statSync(lock).mtimeMs;
}

/** @param {import('./progress.mjs').Progress} progress */
export async function installNpmPackages(progress) {
  if (isNpmCurrent(repository)) return;
  // Inside an npm script this is the npm that runs it, which need not be the one on PATH.
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  await progress.step('npm packages', async () => {
    const install = (...args) =>
      capture(command, [...first, ...args, '--no-audit', '--no-fund'], { cwd: repository });
    let result = await install('ci');
    // npm ci refuses a lock file without the optional packages of every other platform, which is what npm
    // writes where the registry does not have them all. npm install keeps to the lock file's versions.
    if (result.code !== 0 && /\bEUSAGE\b/.test(result.output)) {
      result = await install('install', '--no-save');
    }
    if (result.code !== 0) throw new Error(`npm ended with ${result.code}:\n${result.output}`);
  });
  const lock = readFileSync(join(repository, 'package-lock.json'));
  writeFileSync(join(repository, 'node_modules', '.paysaga-lock'), hashOf(lock));
}

async function fillVenv(python) {
  const uv = which('uv');
  const fromFile = ['--require-hashes', '-r', requirements];
  if (uv) {
    try {
      await run(uv, ['venv', '--allow-existing', '--python', python ?? '3.13', installed.venv]);
      await run(uv, ['pip', 'install', '--python', installed.python, ...fromFile]);
      return;
    } catch (error) {
      // uv does not read pip's configuration, so where a mirror is set there only pip gets through.
      if (!python) throw error;
    }
  }
  await run(python, ['-m', 'venv', '--clear', installed.venv]);
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];
  // The file lists every dependency, and LocalStack compiles what it loads by itself.
  const fast = ['--no-deps', '--no-compile'];
  await run(installed.python, ['-m', 'pip', 'install', ...quiet, ...fast, ...fromFile]);
}

/** @param {import('./progress.mjs').Progress} progress @param {string | undefined} python */
async function installVenv(progress, python) {
  const key = hashOf('3.13', readFileSync(requirements));
  if (isInstalled(installed.venv, key) && existsSync(installed.python)) return;
  // The Python that the environment was made with may have been removed since.
  rmSync(installed.venv, { recursive: true, force: true });
  await progress.step('LocalStack (Python packages)', () =>
    installOnce({ folder: installed.venv, key, install: () => fillVenv(python) }),
  );
}

async function installJars(progress, name, folder) {
  const pom = join(localstack, 'jars', name, 'pom.xml');
  const key = hashOf(readFileSync(pom));
  if (isInstalled(folder, key)) return;
  const args = ['-B', '-q', '-f', pom, COPY_DEPENDENCIES, `-DoutputDirectory=${folder}`];
  await progress.step(`${name} (Maven)`, () =>
    installOnce({ folder, key, install: () => run('mvn', [...args, '-DincludeScope=runtime']) }),
  );
}

/**
 * @param {import('./progress.mjs').Progress} progress
 * @param {string | undefined} python a Python 3.13; without one, uv brings its own
 */
export async function installLocalStack(progress, python) {
  await Promise.all([
    installVenv(progress, python),
    // One after the other: two Mavens may not write to one local repository.
    installJars(progress, 'dynamodb', installed.dynamodbJars).then(() =>
      installJars(progress, 'jsonata', installed.jsonataJars),
    ),
  ]);
}
