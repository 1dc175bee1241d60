import { UsageError } from '../../program/exit.ts';

/** @throws {UsageError} for what is not the form of a payment's id */
export function paymentIdOf(given: string): string {
  if (!/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(given)) {
    throw new UsageError('ID is the id of a payment, as its resource has it');
  }
  return given;
}
