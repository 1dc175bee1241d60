import { type SimulatorErrorCode, simulatorErrors } from '../../../shared/contracts/simulator.ts';

/** An answer of the simulator; `body` is JSON text, so that a stored one is repeated by the byte. */
export interface SimulatorAnswer {
  readonly status: number;
  readonly body: string;
}

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

/** An issuer's decline, by its own code. */
export function decline(code: string, message: string): SimulatorAnswer {
  return { status: simulatorErrors.declined, body: JSON.stringify({ error: { code, message } }) };
}
