import { afterEach, beforeEach, vi } from 'vitest';
import { logger } from '../../shared/runtime/observability.ts';

/** A line that the house's logger wrote. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly message: string };

/**
 * Lets the logger speak in the tests of the block that calls this, and keeps what it and anything
 * else writes to the process's output.
 */
export function recordLogs(): {
  text(): string;
  lines(): LogLine[];
  /** What of them says that a request was refused. */
  refusals(): LogLine[];
} {
  let written: string[] = [];
  beforeEach(() => {
    written = [];
    logger.setLogLevel('DEBUG');
    // Else each invocation goes back to the level of the environment.
    vi.spyOn(logger, 'refreshSampleRateCalculation').mockImplementation(() => {});
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((chunk) => {
        written.push(String(chunk));
        return true;
      });
    }
  });
  afterEach(() => {
    logger.setLogLevel('SILENT');
    vi.restoreAllMocks();
  });
  const lines = () =>
    written
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as LogLine);
  return {
    text: () => written.join(''),
    lines,
    refusals: () => lines().filter(({ message }) => message === 'refused'),
  };
}
