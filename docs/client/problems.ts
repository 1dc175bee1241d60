import type { ApiDocument } from './document.ts';
import { camel, pascal } from './names.ts';

const typeOf = { string: 'string', integer: 'number', strings: 'readonly string[]' } as const;

/**
 * The classes of problems, one for each code of `x-errors`. What a problem has of its own is in the
 * schema that has its code.
 */
export function problemClasses({ 'x-errors': errors, components }: ApiDocument): string {
  const schemas = Object.values(components.schemas);
  const common = Object.keys(components.schemas.Problem?.properties ?? {});
  const classes = Object.entries(errors).map(([code, said]) => {
    const schema = schemas.find(({ properties }) => properties?.code?.const === code);
    const members = Object.entries(schema?.properties ?? {})
      // What is there only sometimes stays where all of the body is.
      .filter(([member]) => Array.isArray(schema?.required) && schema.required.includes(member))
      .filter(([member]) => ![...common, 'errors'].includes(member))
      .map(([member, { type }]) => {
        const is = type === 'array' ? ('strings' as const) : type === 'string' ? type : 'integer';
        return { member, is } as const;
      });
    return { code, ...classOf(code, said, members) };
  });
  return [
    "import { type Problem, type ProblemContext, ProblemError } from '../errors/problem-error.ts';",
    ...classes.map(({ text }) => text),
    [
      '/** Every class of problems, by its code. */',
      'export const problems = {',
      ...classes.map(({ code, name }) => `  ${code}: ${name},`),
      '} as const;',
    ].join('\n'),
  ].join('\n\n');
}

interface Member {
  readonly member: string;
  readonly is: keyof typeof typeOf;
}

function classOf(
  code: string,
  { status, title, action }: ApiDocument['x-errors'][string],
  members: readonly Member[],
) {
  // `internal_error` is an InternalError.
  const name = `${pascal(code).replace(/Error$/, '')}Error`;
  const text = [
    `/** ${status}: ${title}. ${action} */`,
    `export class ${name} extends ProblemError {`,
    ...(members.length === 0
      ? []
      : [
          `  static override readonly members = { ${members.map(({ member, is }) => `${member}: '${is}'`).join(', ')} } as const;`,
        ]),
    `  override readonly name = '${name}';`,
    ...(members.length === 0
      ? []
      : [
          ...members.map(({ member, is }) => `  readonly ${camel(member)}: ${typeOf[is]};`),
          '',
          '  constructor(problem: Problem, context: ProblemContext) {',
          '    super(problem, context);',
          ...members.map(
            ({ member, is }) => `    this.${camel(member)} = problem.${member} as ${typeOf[is]};`,
          ),
          '  }',
        ]),
    '}',
  ].join('\n');
  return { name, text };
}
