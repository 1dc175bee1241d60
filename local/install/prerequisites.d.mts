export interface Machine {
  platform: string;
  node: string;
  python: string | undefined;
  uv: string | undefined;
  javaHome: string | undefined;
  maven: string | undefined;
}
export function inspectMachine(): Promise<Machine>;
export function missingPrerequisites(machine: Machine, needs: { localStack: boolean }): string[];
