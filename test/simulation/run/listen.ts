import { logger } from '../../../shared/runtime/observability.ts';

/** What the house's logger says while a run goes on. */
export interface Listening {
  readonly lines: readonly string[];
  readonly end: () => void;
}

/** The part of the logger that it keeps to itself: where it writes. */
interface Inside {
  console: Record<'debug' | 'info' | 'warn' | 'error', (line: string) => void>;
}

/**
 * Has the logger speak, and listens: to all that it says, and to nothing that anybody sees. That costs
 * more than the rest of a run, so most runs are silent.
 */
export function listen(): Listening {
  const lines: string[] = [];
  const inside = logger as unknown as Inside;
  const { console: usual } = inside;
  const { refreshSampleRateCalculation: refresh } = logger;
  const level = logger.getLevelName();
  const note = (line: string) => {
    lines.push(line);
  };
  inside.console = { debug: note, info: note, warn: note, error: note };
  logger.setLogLevel('DEBUG');
  // Else each invocation goes back to the level of the environment.
  logger.refreshSampleRateCalculation = () => {};
  return {
    lines,
    end: () => {
      inside.console = usual;
      logger.setLogLevel(level);
      logger.refreshSampleRateCalculation = refresh;
    },
  };
}
