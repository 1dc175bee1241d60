export function hashOf(...parts: (string | Uint8Array)[]): string;
export function installOnce(what: {
  folder: string;
  key: string;
  install: () => Promise<void>;
}): Promise<boolean>;
export function isInstalled(folder: string, key: string): boolean;
export function withLock<T>(file: string, work: () => Promise<T>, pollMs?: number): Promise<T>;
