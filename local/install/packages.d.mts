import type { Progress } from './progress.mjs';
export function isNpmCurrent(root: string): boolean;
export function installNpmPackages(progress: Progress): Promise<void>;
export function installLocalStack(progress: Progress, python: string | undefined): Promise<void>;
