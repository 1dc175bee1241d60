import * as z from 'zod/mini';

/** Patterns that one policy may list, and policies that one set may have. */
const most = { actions: 50, policies: 500, conditionLength: 2_000 } as const;

const anAction = { error: 'must be `kind:verb`, either of them possibly `*`, or `*` alone' };

export const Policy = z.strictObject({
  /** Names the policy in decisions and logs. */
  id: z
    .string()
    .check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be 1 to 64 letters, digits and dashes')),
  effect: z.enum(['permit', 'deny']),
  /** What it is about: `refunds:create`, `refunds:*`, `*:read`, or `*`. */
  actions: z
    .array(z.string(anAction).check(z.regex(/^(?:\*|(?:\*|[a-z_]+):(?:\*|[a-z_]+))$/, anAction)))
    .check(z.minLength(1), z.maxLength(most.actions)),
  /** A CEL expression that is a bool, over `principal`, `action`, `resource` and `context`. */
  condition: z.string().check(z.minLength(1), z.maxLength(most.conditionLength)),
  /** For people: what it is for. */
  description: z.string().check(z.minLength(1)),
});
export type Policy = z.infer<typeof Policy>;

/** The policies of a stage. Their order means nothing. */
export const PolicySet = z.strictObject({
  policies: z.array(Policy).check(
    z.minLength(1),
    z.maxLength(most.policies),
    z.refine((policies) => new Set(policies.map(({ id }) => id)).size === policies.length, {
      error: 'two policies have one id',
    }),
  ),
});
export type PolicySet = z.infer<typeof PolicySet>;

/** A set that cannot be used, with each place that is wrong: `large-refund: no such key ...`. */
export class PolicySetRefused extends Error {
  override readonly name = 'PolicySetRefused';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the policies cannot be used: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/**
 * What is written as JSON, by its schema.
 *
 * @throws {PolicySetRefused}
 */
export function parseJson<T>(schema: z.ZodMiniType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new PolicySetRefused(['it is not JSON']);
  }
  const { success, data, error } = schema.safeParse(json);
  if (!success) {
    throw new PolicySetRefused(
      error.issues.map(({ path, message }) => `/${path.map(String).join('/')}: ${message}`),
    );
  }
  return data;
}

/** The policies as they are written. @throws {PolicySetRefused} */
export function parsePolicySet(text: string): PolicySet {
  return parseJson(PolicySet, text);
}

/** True when a policy with this pattern is about the action. */
export function covers(pattern: string, action: string): boolean {
  const [kind, verb = '*'] = pattern.split(':');
  const [kindOfAction, verbOfAction] = action.split(':');
  return (kind === '*' || kind === kindOfAction) && (verb === '*' || verb === verbOfAction);
}
