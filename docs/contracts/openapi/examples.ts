import type { Example } from '../../../shared/contracts/examples/example.ts';
import { resolved } from '../../../shared/contracts/examples/references.ts';
import type { AnyEndpoint } from '../names.ts';
import type { ShownExample, ShownExamples } from './operation.ts';

/** The examples as the document shows them, by the names of their endpoints. */
export function shownExamples(
  examples: readonly Example[],
): (endpoint: AnyEndpoint) => ShownExamples {
  const answers = new Map<string, unknown>();
  const shown = examples.map((example) => {
    const request = resolved(example.request, answers);
    answers.set(example.name, example.answer.body);
    return { ...example, request };
  });
  return (endpoint) => {
    const own = shown.filter((example) => example.endpoint === endpoint.name);
    const body: Record<string, ShownExample> = {};
    const byStatus: Record<number, Record<string, ShownExample>> = {};
    for (const { name, summary, request, answer } of own) {
      // What is refused for its body is no example of one.
      if (request.body !== undefined && answer.status < 300) {
        body[name] = { summary, value: request.body };
      }
      byStatus[answer.status] = {
        ...byStatus[answer.status],
        [name]: { summary, description: `\`${lineOf(endpoint, request)}\``, value: answer.body },
      };
    }
    return { body, answers: byStatus };
  };
}

/** `GET /payments?limit=1`. */
function lineOf({ method, path }: AnyEndpoint, request: Example['request']): string {
  const query = new URLSearchParams(request.query).toString();
  return `${method} ${pathOf(path, request.path)}${query && `?${query}`}`;
}

/** A path template with its parameters in it. */
export function pathOf(template: string, parameters: Example['request']['path'] = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
}
