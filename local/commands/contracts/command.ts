import {
  type Check,
  checkContracts,
  refusalOf,
} from '../../../docs/contracts/compatibility/check.ts';
import { presentContracts } from '../../../docs/contracts/compatibility/present.ts';
import { releasedFolder, writeRelease } from '../../../docs/contracts/compatibility/registry.ts';
import type { Release } from '../../../docs/contracts/compatibility/release.ts';
import type { ContractsCommand } from './group.ts';
import { checked, fixturesWritten, released } from './text.ts';

export interface ContractsDependencies {
  readonly present: () => Release;
  readonly folder: string;
  /** Writes the fixtures of the versions that have none; the files. */
  readonly writeFixtures: () => Promise<readonly string[]>;
  readonly print: (text: string) => void;
}

/**
 * - `check`: compares the contracts of the code with those that are released
 * - `release`: keeps the contracts of the code as those of a version, unless it may not be it
 * - `fixtures`: keeps what the code stores, for each version of events that has none yet
 *
 * @returns 1 when a contract is broken, or a release refused
 */
export async function contractsCommand(
  command: ContractsCommand,
  { present, folder, writeFixtures, print }: ContractsDependencies = wired,
): Promise<number> {
  if (command.kind === 'fixtures') {
    const files = await writeFixtures();
    print(command.json ? JSON.stringify({ files }) : fixturesWritten(files));
    return 0;
  }
  const contracts = present();
  const check = await checkContracts(contracts, folder);
  const say = (text: string, value: object) =>
    print(command.json ? JSON.stringify(value, null, 2) : text);
  if (command.kind === 'check') {
    say(checked(check), { ...jsonOf(check), compatible: check.findings.length === 0 });
    return check.findings.length === 0 ? 0 : 1;
  }
  const refusal = refusalOf(command.version, check);
  const files = refusal === null ? await writeRelease(command.version, contracts, folder) : [];
  say(released(command.version, check, refusal, files), {
    ...jsonOf(check),
    version: command.version,
    refusal,
    files,
  });
  return refusal === null ? 0 : 1;
}

function jsonOf({ latest, against, isChanged, findings }: Check) {
  return { latest, against, changed: isChanged, findings };
}

const wired: ContractsDependencies = {
  present: presentContracts,
  folder: releasedFolder,
  writeFixtures: async () => {
    const { writeFixtures } = await import('../../../test/fixtures/events/write.ts');
    return writeFixtures();
  },
  print: (text) => console.log(text),
};
