export const repository: string;
export const installed: {
  root: string;
  venv: string;
  python: string;
  dynamodbJars: string;
  jsonataJars: string;
};
export function isAtLeast(version: string, least: [number, number]): boolean;
export function packagedNode(): string | undefined;
export function modernNode(): string;
export function findPython(): Promise<string | undefined>;
export function parseJava(properties: string): { home: string; major: number } | undefined;
export function findJavaHome(): Promise<string | undefined>;
