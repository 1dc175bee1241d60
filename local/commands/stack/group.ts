import { type FaultPoint, faultPoints } from '../../faults.ts';
import { UsageError } from '../../program/exit.ts';
import { command } from '../../program/group.ts';
import { json, required, text } from '../../program/specs.ts';
import { parseLoopbackEndpoint } from '../../target.ts';

export interface StackOptions {
  readonly endpoint?: string;
  readonly port?: number;
}

const where = {
  endpoint: text('URL', 'an emulator that already runs on this machine, instead of starting one'),
  port: { ...text('N', 'of the LocalStack that is started'), otherwise: 'a free one' },
};

export const start = command({
  says: 'Brings up the local stack, installs what it needs first, and settles a demo payment. It stays until Ctrl-C.',
  options: where,
  read: stackOptions,
  run: async (options) => (await import('./command.ts')).startStack(options),
});

export const up = command({
  says: 'Brings up the local stack in the background, or finds the one that is up.',
  options: { ...where, json },
  read: ({ json: asJson, ...given }) => ({ ...stackOptions(given), json: asJson }),
  run: async (options) => (await import('./command.ts')).bringUp(options),
});

export const down = command({
  says: 'Ends the local stack. An emulator that was not started here stays, and is forgotten.',
  options: { json },
  read: (given) => given,
  run: async (options) => (await import('./command.ts')).takeDown(options),
});

/** What `fault` arms. */
export interface FaultRequest {
  readonly functionKey: string;
  readonly at: FaultPoint;
  readonly times: number;
}

export const fault = command({
  says: `Ends a function’s process, once or several times, at a point of its work: ${faultPoints.join(', ')}.`,
  operands: {
    function: required('function', 'by its key, such as providers-charge'),
    point: required('point', `one of ${faultPoints.join(', ')}`),
    times: text('times', 'how many invocations end there; once if it is not said'),
  },
  read: ({ function: functionKey, point, times = '1' }): FaultRequest => {
    const at = faultPoints.find((name) => name === point);
    if (!at) {
      throw new UsageError(`unknown point: ${point}; there are ${faultPoints.join(', ')}`);
    }
    if (!/^[1-9]\d{0,3}$/.test(times)) {
      throw new UsageError(`not a number of times: ${times}`);
    }
    return { functionKey, at, times: Number(times) };
  },
  run: async (request) => (await import('./fault.ts')).faultCommand(request),
});

/** @throws {UsageError} for a value that cannot be used, or two that exclude each other */
function stackOptions({
  endpoint,
  port,
}: {
  readonly endpoint: string | undefined;
  readonly port: string | undefined;
}): StackOptions {
  if (endpoint !== undefined && port !== undefined) {
    throw new UsageError('--port is for the LocalStack that is started; with --endpoint none is');
  }
  return {
    ...(endpoint === undefined ? {} : { endpoint: endpointOf(endpoint) }),
    ...(port === undefined ? {} : { port: portOf(port) }),
  };
}

function endpointOf(endpoint: string): string {
  try {
    return parseLoopbackEndpoint(endpoint);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function portOf(port: string): number {
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1024 || number > 65535) {
    throw new UsageError(`not a port: ${port}; give one from 1024 to 65535`);
  }
  return number;
}
