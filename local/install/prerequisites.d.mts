export interface Machine {
  platform: string;
  node: string;
  python: string | undefined;
  uv: string | undefined;
  javaHome: string | undefined;
  maven: string | undefined;
  chromium: string | undefined;
  aptGet: string | undefined;
}
export function needsOf(args: string[]): { localStack: boolean; chromium: boolean };
export function inspectMachine(): Promise<Machine>;
export function missingPrerequisites(
  machine: Machine,
  needs: { localStack: boolean; chromium?: boolean },
): string[];
