/**
 * Runs a program, and ends the process with its exit code, or with 1 and the reason where it throws.
 * Whatever still runs, a synthesis after Ctrl-C say, has nobody left to run for; but what is printed
 * is read first: a pipe takes 64 KiB at once, and exit() throws the rest away.
 */
export async function endAfter(run: () => Promise<number>): Promise<never> {
  let exitCode = 1;
  try {
    exitCode = await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
  }
  await Promise.all([process.stdout, process.stderr].map(drained));
  process.exit(exitCode);
}

/** When all that was written before is read, or nobody reads any more. */
function drained(output: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => output.write('', () => resolve()));
}
