// Where things are: the tools of the machine and what this project has installed. Node 20, no dependencies.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture, which } from './commands.mjs';

export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What is installed for the local AWS, all below one ignored folder. */
export const installed = {
  root: join(repository, '.local'),
  venv: join(repository, '.local', 'venv'),
  python: join(repository, '.local', 'venv', 'bin', 'python'),
  dynamodbJars: join(repository, '.local', 'jars', 'dynamodb'),
  jsonataJars: join(repository, '.local', 'jars', 'jsonata'),
};

/** @param {string} version `v22.18.0` @param {[number, number]} least */
export function isAtLeast(version, [major, minor]) {
  const [have = 0, haveMinor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return have > major || (have === major && haveMinor >= minor);
}

/** Node 24 as npm has installed it for this platform, the version that Lambda runs. */
export function packagedNode() {
  const { platform, arch } = process;
  const names = [`node-${platform}-${arch}`, `node-bin-${platform}-${arch}`];
  return names
    .map((name) => join(repository, 'node_modules', name, 'bin', 'node'))
    .find((file) => existsSync(file));
}

/**
 * A node that runs TypeScript as it is.
 *
 * @returns {string}
 * @throws {Error} when neither npm's nor the running one does
 */
export function modernNode() {
  const packaged = packagedNode();
  if (packaged) return packaged;
  if (isAtLeast(process.version, [22, 18])) return process.execPath;
  throw new Error(
    `npm has no Node 24 for ${process.platform}-${process.arch}; install Node 24 yourself and run again`,
  );
}

async function isPython313(file) {
  // ensurepip is a package of its own on Debian and Ubuntu, and without it there is no virtual environment.
  const check = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';
  const { code, output } = await capture(file, ['-c', check]);
  return code === 0 && output.trim() === '3.13';
}

function pyenvPythons() {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((name) => name.startsWith('3.13'))
    .map((name) => join(versions, name, 'bin', 'python3.13'));
}

/**
 * A Python 3.13 that runs. One on PATH may be a pyenv shim that refuses, so each is tried.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findPython() {
  const uv = which('uv');
  const candidates = [
    which('python3.13'),
    which('python3'),
    ...pyenvPythons(),
    '/opt/homebrew/bin/python3.13',
    '/usr/local/bin/python3.13',
    uv && (await capture(uv, ['python', 'find', '3.13'])).output.trim(),
  ];
  for (const candidate of candidates) {
    if (candidate && existsSync(candidate) && (await isPython313(candidate))) return candidate;
  }
  return undefined;
}

/**
 * @param {string} properties what `java -XshowSettings:properties -version` writes
 * @returns {{ home: string, major: number } | undefined}
 */
export function parseJava(properties) {
  const home = /^\s*java\.home = (.+)$/m.exec(properties)?.[1]?.trim();
  const version = /^\s*java\.specification\.version = ([\d.]+)$/m.exec(properties)?.[1];
  if (!home || !version) return undefined;
  return { home, major: Number(version.replace(/^1\./, '')) };
}

/**
 * Java 17 or newer: JAVA_HOME's, or the one on PATH.
 *
 * @returns {Promise<string | undefined>} its home
 */
export async function findJavaHome() {
  const candidates = [process.env.JAVA_HOME && join(process.env.JAVA_HOME, 'bin', 'java'), 'java'];
  for (const candidate of candidates) {
    if (!candidate) continue;
    const { code, output } = await capture(candidate, ['-XshowSettings:properties', '-version']);
    const java = code === 0 ? parseJava(output) : undefined;
    if (java && java.major >= 17) return java.home;
  }
  return undefined;
}
