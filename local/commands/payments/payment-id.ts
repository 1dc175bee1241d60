import { ourId } from '../../../shared/contracts/endpoints/path.ts';
import { UsageError } from '../../program/exit.ts';

/** @throws {UsageError} for what is not the form of a payment's id */
export function paymentIdOf(given: string): string {
  if (!ourId.test(given)) {
    throw new UsageError('ID is the id of a payment, as its resource has it');
  }
  return given;
}
