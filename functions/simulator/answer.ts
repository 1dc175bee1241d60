import {
  type SimulatorErrorCode,
  simulatorErrors,
} from '../../shared/contracts/simulator/errors.ts';

/** A call of the simulator, without the gateway around it. */
export interface SimulatorRequest {
  readonly method: string;
  /** Begins with `/`, without the stage and without a query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The body's text; empty when there is none. */
  readonly body: string;
}

/** An answer of the simulator; `body` is JSON text, so that a stored one is repeated by the byte. */
export interface SimulatorAnswer {
  readonly status: number;
  readonly body: string;
}

export type SimulatorApi = (request: SimulatorRequest) => Promise<SimulatorAnswer>;

export function ok(body: unknown): SimulatorAnswer {
  return { status: 200, body: JSON.stringify(body) };
}

/** An error's answer; the status is the code's own unless a token asks for another. */
export function refusal(
  code: SimulatorErrorCode,
  message: string,
  status: number = simulatorErrors[code],
): SimulatorAnswer {
  return { status, body: JSON.stringify({ error: { code, message } }) };
}

/** A decline of the issuer or the bank, by its own code. */
export function decline(code: string, message: string): SimulatorAnswer {
  return { status: simulatorErrors.declined, body: JSON.stringify({ error: { code, message } }) };
}
