import { functionKeys } from '../../cdk/function-keys.ts';
import { armFault } from '../../faults.ts';
import { noLocalStack, UsageError } from '../../program/exit.ts';
import { stateDir, status } from '../../stack.ts';
import type { FaultRequest } from './group.ts';

/**
 * Arms a fault in the local stack.
 *
 * @throws {UsageError} for a function that is not deployed, or an emulator without fault points
 */
export async function faultCommand(request: FaultRequest): Promise<number> {
  const stack = await status();
  if (!stack) {
    throw noLocalStack();
  }
  if (stack.pid === null) {
    throw new UsageError('an emulator that was not started here has no fault points');
  }
  const fault = { ...request, functionKey: known(request, await functionKeys(stack.endpoint)) };
  armFault({ stateDir, ...fault });
  console.log(`${fault.functionKey} will end ${fault.at}, ${fault.times} time(s).`);
  return 0;
}

/** @param keys of the functions that are deployed */
export function known({ functionKey }: FaultRequest, keys: readonly string[]): string {
  if (!keys.includes(functionKey)) {
    throw new UsageError(`unknown function: ${functionKey}; there are ${keys.join(', ')}`);
  }
  return functionKey;
}
