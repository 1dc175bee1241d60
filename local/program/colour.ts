import picocolors from 'picocolors';

type Colours = ReturnType<typeof picocolors.createColors>;

/** Where something is printed. */
type Output = Pick<NodeJS.WriteStream, 'isTTY'>;

/** Whether colour makes sense there: a terminal, and nobody asked to have none (https://no-color.org). */
export function hasColours(output: Output, env: NodeJS.ProcessEnv): boolean {
  return output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** Colours for what is printed there; plain text where there are none. */
export function coloursOn(output: Output): Colours {
  return picocolors.createColors(hasColours(output, process.env));
}
