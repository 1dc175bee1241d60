import { aptGetOfRoot, findChromium } from './chromium.mjs';
import { which } from './commands.mjs';
import { findJavaHome, findPython, isAtLeast } from './toolchain.mjs';

/**
 * What this machine has.
 *
 * @typedef {{ platform: string, node: string, python: string | undefined, uv: string | undefined,
 *   javaHome: string | undefined, maven: string | undefined, chromium: string | undefined,
 *   aptGet: string | undefined }} Machine
 */

/** @returns {Promise<Machine>} */
export async function inspectMachine() {
  const [python, javaHome] = await Promise.all([findPython(), findJavaHome()]);
  return {
    platform: process.platform,
    node: process.version,
    python,
    uv: which('uv'),
    javaHome,
    maven: which('mvn'),
    chromium: findChromium(),
    aptGet: aptGetOfRoot(),
  };
}

const howToGet = {
  python: {
    linux: 'sudo apt install python3.13 python3.13-venv, or uv python install 3.13',
    darwin: 'brew install python@3.13, or uv python install 3.13',
  },
  java: { linux: 'sudo apt install openjdk-17-jdk-headless', darwin: 'brew install openjdk@17' },
  maven: { linux: 'sudo apt install maven', darwin: 'brew install maven' },
  chromium: { linux: 'sudo apt install chromium', darwin: 'brew install --cask chromium' },
};

/**
 * One line for each thing that is missing: what it is and how to get it. Empty when nothing is.
 *
 * @param {Machine} machine
 * @param {{ localStack: boolean, chromium?: boolean }} needs without a LocalStack to start, only Node
 *   matters; a browser is what the tests of the console run in, and root's apt-get can install it
 * @returns {string[]}
 */
export function missingPrerequisites(machine, { localStack, chromium = false }) {
  const missing = [];
  if (!isAtLeast(machine.node, [20, 0])) {
    missing.push(`Node 20 or newer (this is ${machine.node}): https://nodejs.org`);
  }
  if (!localStack) return missing;
  if (machine.platform !== 'linux' && machine.platform !== 'darwin') {
    missing.push(
      `Linux or macOS (this is ${machine.platform}): on Windows use WSL, or give the address of an ` +
        'emulator that runs elsewhere on this machine with --endpoint',
    );
    return missing;
  }
  const get = (tool) => howToGet[tool][machine.platform];
  // uv brings a Python of its own.
  if (!machine.python && !machine.uv) missing.push(`Python 3.13: ${get('python')}`);
  if (!machine.javaHome) missing.push(`Java 17 or newer: ${get('java')}`);
  if (!machine.maven) missing.push(`Maven: ${get('maven')}`);
  if (chromium && !machine.chromium && !machine.aptGet) {
    const named = `${get('chromium')}, or name one in PAYSAGA_CHROMIUM`;
    missing.push(`Chromium or Chrome, for the tests of the console: ${named}`);
  }
  return missing;
}

/** Commands that start a LocalStack, unless they are given an emulator that runs. */
const startLocalStack = ['start', 'up', 'test', 'chaos', 'bench', 'cost'];

/**
 * What has to be installed, beyond the npm packages, for what a command line asks for. For help nothing is.
 *
 * @param {string[]} args
 * @returns {{ localStack: boolean, chromium: boolean }}
 */
export function needsOf(args) {
  const [command = '', mode] = args.filter((arg) => !arg.startsWith('-'));
  const isAsked = !args.some((arg) => arg === '--help' || arg === '-h');
  const isGiven = args.some((arg) => arg === '--endpoint' || arg.startsWith('--endpoint='));
  return {
    localStack: isAsked && !isGiven && startLocalStack.includes(command),
    // The console is tested in a browser, against the stack that the whole of the tests brings up.
    chromium: isAsked && command === 'test' && mode !== 'fast',
  };
}
