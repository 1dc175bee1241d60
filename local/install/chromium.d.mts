import type { Progress } from './progress.mjs';
export function findChromium(machine?: {
  env?: NodeJS.ProcessEnv;
  platform?: string;
  isFile?: (file: string) => boolean;
}): string | undefined;
export function aptGetOfRoot(machine?: {
  env?: NodeJS.ProcessEnv;
  uid?: number;
}): string | undefined;
export function installChromium(
  progress: Progress,
  aptGet: string,
  execute?: (command: string, args: string[], options: object) => Promise<string>,
): Promise<void>;
