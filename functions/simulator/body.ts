import type * as z from 'zod/mini';
import { refusal, type SimulatorAnswer, type SimulatorRequest } from './answer.ts';

/** Calls with the validated body; names the places that do not validate, never their values. */
export async function withBody<Body>(
  schema: z.ZodMiniType<Body>,
  request: Pick<SimulatorRequest, 'body'>,
  use: (body: Body) => Promise<SimulatorAnswer>,
): Promise<SimulatorAnswer> {
  let json: unknown;
  try {
    json = JSON.parse(request.body);
  } catch {
    return refusal('malformed_json', 'The body is not JSON.');
  }
  const body = schema.safeParse(json);
  if (body.success) {
    return use(body.data);
  }
  const places = body.error.issues.map(
    ({ path, message }) => `${path.join('.') || '.'} ${message}`,
  );
  return refusal('invalid_request', places.join('; '));
}
