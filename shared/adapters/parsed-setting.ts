import type * as z from 'zod/mini';
import { setting } from './environment.ts';

/**
 * A setting that the stack passes as JSON, checked at start-up.
 *
 * @throws Error naming the variable and what is wrong
 */
export function parsedSetting<T>(name: string, schema: z.ZodMiniType<T>): T {
  const result = schema.safeParse(JSON.parse(setting(name)));
  if (!result.success) {
    const places = result.error.issues.map(({ path, message }) => `/${path.join('/')} ${message}`);
    throw new Error(`the environment variable ${name} is not usable: ${places.join('; ')}`);
  }
  return result.data;
}
