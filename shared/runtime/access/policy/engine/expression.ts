import { Environment, EvaluationError, type ParseResult } from '@marcbachmann/cel-js';
import type { AccessQuestion } from '../../../../ports/access/access.ts';

/** How much one condition may be: far more than a person writes, far less than takes long. */
export const limits = { maxAstNodes: 300, maxDepth: 20, maxListElements: 200 } as const;

/** Whether a condition holds. @throws {ConditionFailed} when it has no answer */
export type Condition = (question: AccessQuestion) => boolean;

/** A condition that has no answer. Says where, in the words of the policy, and never a value. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';
}

/**
 * What is written in CEL is parsed once and evaluated as a tree of closures: a tenth of a
 * microsecond an operator. Attributes are dynamic here; a set is held against their types before it
 * is published (`review/check.ts`), which takes an environment that is slower.
 */
const environment = new Environment({ limits })
  .registerVariable('principal', 'map')
  .registerVariable('action', 'string')
  .registerVariable('resource', 'map')
  .registerVariable('context', 'map');

/**
 * A condition, ready to be asked.
 *
 * @throws {Error} what is wrong with the text: it does not parse, or is no bool
 */
export function compileCondition(text: string): Condition {
  const evaluate = parseIn(environment, text);
  return (question) => {
    let value: unknown;
    try {
      value = evaluate(question);
    } catch (error) {
      throw new ConditionFailed(whereOf(error, text));
    }
    if (typeof value !== 'boolean') {
      throw new ConditionFailed('it is neither true nor false');
    }
    return value;
  };
}

/** A condition, parsed and type-checked. @throws {Error} what is wrong with it */
export function parseIn(within: Environment, text: string): ParseResult {
  let parsed: ParseResult;
  try {
    parsed = within.parse(text);
  } catch (error) {
    throw new Error(summaryOf(error));
  }
  const { valid, type, error } = parsed.check();
  if (!valid) {
    throw new Error(summaryOf(error));
  }
  if (type !== 'bool') {
    throw new Error(`it has to be a bool, and is ${type}`);
  }
  return parsed;
}

function summaryOf(error: unknown): string {
  return String((error as { summary?: string }).summary ?? error);
}

/** The library's own words can hold a value; its code and the place in the policy cannot. */
function whereOf(error: unknown, text: string): string {
  if (!(error instanceof EvaluationError)) {
    return 'it could not be evaluated';
  }
  const { code, range } = error;
  const place = range ? ` at \`${text.slice(range.start, range.end)}\`` : '';
  return `${code.replaceAll('_', ' ')}${place}`;
}

/**
 * A value as CEL takes it: whole numbers are its `int`, which JavaScript has as bigint, so that
 * `resource.amount + 1` and `resource.amount % 100` mean what they say. Others are `double`.
 */
export function celValue(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? BigInt(value) : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Array.isArray(value) ? value.map(celValue) : celMap(value as Record<string, unknown>);
}

export function celMap(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  for (const name in record) {
    map[name] = celValue(record[name]);
  }
  return map;
}
