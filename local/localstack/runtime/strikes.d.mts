export function isStruck(
  seed: number,
  processName: string,
  nth: number,
  probability: number,
): boolean;

export function strikesOf(
  folder: string,
  functionKey: string,
): {
  strikes(at: string, what: string): boolean;
  sent(call: { method: string; path: string; operation_id: string | null }): void;
};
