/** Whether a person sits there who can be asked: never where a program or a pipe does. */
export function canAsk(json: boolean): boolean {
  return !json && process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** A line of text from the person at the terminal. */
export async function askFor(message: string): Promise<string> {
  const { input } = await import('@inquirer/prompts');
  return input({ message });
}

/** Yes or no from the person at the terminal; no unless it is said. */
export async function agrees(message: string): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  return confirm({ message, default: false });
}
