/** Prints what came of a command: one JSON document, or its lines. */
export function print(
  { json }: { readonly json: boolean },
  value: unknown,
  lines: readonly string[],
): void {
  console.log(json ? JSON.stringify(value) : lines.join('\n'));
}
