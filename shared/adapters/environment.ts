/**
 * A setting that the stack passes to the function.
 *
 * @throws Error naming the variable, at start-up, when the stack forgot it
 */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`the environment variable ${name} is not set`);
  }
  return value;
}
