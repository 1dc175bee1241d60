/** What an expression of a state can look at: `$states` of JSONata in Step Functions. */
export interface Scope {
  readonly input: Readonly<Record<string, unknown>>;
  readonly executionId: string;
  readonly retryCount: number;
  readonly redriveCount: number;
  /** The name of the error, in a Catch. */
  readonly error?: string;
}

/** How often an inquiry was asked before; the input that starts it has none of it. */
const asked = String.raw`\(\$exists\(\$states\.input\.asked\) \? \$states\.input\.asked : 0\)`;
const askedIn = ({ input }: Scope) => Number(input.asked ?? 0);

type Reading = readonly [RegExp, (scope: Scope, name: string) => unknown];

/** The expressions that our definitions have; each of them is whole, so that no other passes for it. */
const readings: readonly Reading[] = [
  [/^\$states\.input$/, ({ input }) => input],
  [/^\$states\.input\.(\w+)$/, ({ input }, name) => input[name]],
  [
    /^\$exists\(\$states\.input\.(\w+)\) \? \$states\.input\.\1 : null$/,
    ({ input }, name) => input[name] ?? null,
  ],
  [/^\$states\.context\.Execution\.Id$/, ({ executionId }) => executionId],
  [
    /^\$states\.context\.State\.RetryCount \+ \(\$exists\(\$states\.context\.Execution\.RedriveCount\) \? \$states\.context\.Execution\.RedriveCount : 0\)$/,
    ({ retryCount, redriveCount }) => retryCount + redriveCount,
  ],
  [
    /^\$merge\(\[\$states\.input, \{ 'error': \$states\.errorOutput\.Error \}\]\)$/,
    ({ input, error }) => ({ ...input, error }),
  ],
  [new RegExp(`^${asked}$`), askedIn],
  [
    new RegExp(String.raw`^\$merge\(\[\$states\.input, \{ 'asked': ${asked} \+ 1 \}\]\)$`),
    (scope) => ({ ...scope.input, asked: askedIn(scope) + 1 }),
  ],
  [
    new RegExp(String.raw`^(\[[\d,]+\])\[\$min\(\[${asked}, \d+\]\)\]$`),
    (scope, list) => {
      const values = JSON.parse(list) as number[];
      return values[Math.min(askedIn(scope), values.length - 1)];
    },
  ],
];

/**
 * What a value of a definition comes to: text in `{% %}` is an expression, all else is itself.
 *
 * @throws Error for an expression that no definition had when this was written
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    const expression = /^\{% (.*) %\}$/.exec(value)?.[1];
    if (expression === undefined) {
      return value;
    }
    for (const [pattern, read] of readings) {
      const match = pattern.exec(expression);
      if (match) {
        return read(scope, match[1] ?? '');
      }
    }
    throw new Error(`an expression that the simulation does not know: ${expression}`);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, evaluate(member, scope)]),
    );
  }
  return value;
}
