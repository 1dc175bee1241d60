import { ApiError } from '../../../shared/contracts/errors.ts';
import {
  ResolveParked,
  type ResolveParkedBody,
} from '../../../shared/contracts/operations/parked.ts';
import { refuseCardData, validate } from '../../../shared/runtime/http/body.ts';
import { UsageError } from '../../program/exit.ts';

/** The option that each place of the API's body comes from. */
const optionOf: Readonly<Record<string, string>> = {
  '/operation_id': 'the operation',
  '/outcome': '--outcome',
  '/reason': '--reason',
  '/provider_reference': '--provider-reference',
};

/** What the API would take, by its own rules. @throws {UsageError} that says what it would not */
export function bodyOf(body: unknown): ResolveParkedBody {
  try {
    refuseCardData(body, '');
    return validate(ResolveParked, body, '');
  } catch (error) {
    throw usageOf(error);
  }
}

/** What is wrong with the arguments, where that is what an error says; else the error as it is. */
export function usageOf(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.errors.length === 0) {
    return error;
  }
  return new UsageError(
    error.errors.map(({ path, message }) => `${optionOf[path] ?? path} ${message}`).join('; '),
  );
}
