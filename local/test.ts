import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What was counted in one check. */
interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const checks: Readonly<Record<string, readonly string[]>> = {
  lint: ['biome', 'ci', '--error-on-warnings', '.'],
  types: ['tsc', '--project', '.'],
  'types of the console': ['tsc', '--project', 'console'],
  'dependency rules': [
    'depcruise',
    'client',
    'console',
    'functions',
    'infra',
    'local',
    'shared',
    'test',
    'docs',
  ],
  'dead code': ['knip'],
  'generated docs': ['node', 'local/cli.ts', 'docs', '--check'],
};

/**
 * Runs every check and every test: lint, types, dependency rules, dead code, generated docs, then
 * unit, property and infra tests, then conformance and integration tests against a LocalStack of
 * their own. Goes on after a failure, and closes with `N passed, N failed` alone on a line.
 *
 * @param isFast leaves out what needs LocalStack
 * @returns the exit code
 */
export async function runTests(isFast: boolean): Promise<number> {
  const started = performance.now();
  const counts: Count[] = [];
  for (const [name, command] of Object.entries(checks)) {
    counts.push(await step(name, async () => oneIf((await run(command)) === 0)));
  }
  for (const project of isFast ? ['fast'] : ['fast', 'local', 'stack']) {
    counts.push(await step(`tests: ${project}`, () => vitest(project)));
  }
  const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  console.log(`\n${((performance.now() - started) / 1_000).toFixed(0)} s`);
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0 ? 0 : 1;
}

async function step(name: string, check: () => Promise<Count>): Promise<Count> {
  console.log(`\n--- ${name}`);
  const started = performance.now();
  const count = await check();
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${count.failed === 0 ? 'ok' : 'FAILED'}: ${name}, ${seconds} s`);
  return count;
}

function oneIf(passed: boolean): Count {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** Runs one project of the tests; a run that ended without a report is one failure. */
async function vitest(project: string): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'paysaga-tests-'));
  const report = join(folder, 'report.json');
  try {
    const code = await run([
      'vitest',
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
    const { numPassedTests, numFailedTests, numPendingTests, numTotalTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    ) as Record<string, number>;
    const failed = numFailedTests ?? 0;
    return {
      passed: numPassedTests ?? 0,
      // A suite that could not be loaded, or an error outside a test, fails the run without a test.
      failed: code !== 0 && failed === 0 ? 1 : numTotalTests === 0 ? 1 : failed,
      skipped: numPendingTests ?? 0,
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return oneIf(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs a command of the project's own under this Node; its output is ours. */
function run([command = '', ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        PATH: [
          dirname(process.execPath),
          join(root, 'node_modules', '.bin'),
          process.env.PATH,
        ].join(delimiter),
      },
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
