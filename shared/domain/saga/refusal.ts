import type { RefusalName } from './sagas.ts';

/**
 * A step's answer other than success. Step Functions routes it by its name through the saga
 * table's outcomes; it is not a fault, and no metric or alarm counts it as one.
 */
export class Refusal extends Error {
  override readonly name: RefusalName;

  constructor(name: RefusalName, message: string) {
    super(message);
    this.name = name;
  }
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Refusal;
}
