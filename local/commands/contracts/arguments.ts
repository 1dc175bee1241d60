import { parseArgs } from 'node:util';
import { UsageError } from '../../arguments.ts';

export type ContractsCommand =
  | { readonly kind: 'check'; readonly json: boolean }
  | { readonly kind: 'release'; readonly version: string; readonly json: boolean }
  | { readonly kind: 'fixtures' };

const forms = 'check [--json]\n  or: release VERSION [--json]\n  or: fixtures';

/** @throws {UsageError} for anything but the forms above */
export function parseContracts(args: readonly string[]): ContractsCommand {
  const { kind, version, more, json } = parsed(args);
  if (more.length > 0) {
    throw new UsageError(`give: ${forms}`);
  }
  if (kind === 'release' && version !== undefined) {
    return { kind, version, json };
  }
  if (version === undefined && kind === 'check') {
    return { kind, json };
  }
  if (version === undefined && kind === 'fixtures' && !json) {
    return { kind };
  }
  throw new UsageError(`give: ${forms}`);
}

function parsed(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [kind, version, ...more] = positionals;
    return { kind, version, more, json: values.json === true };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\ngive: ${forms}`);
  }
}
