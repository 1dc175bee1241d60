import { apiClass, groupsClass, operationTable } from './api.ts';
import { type ApiDocument, operationsIn } from './document.ts';
import { groupOf } from './names.ts';
import { problemClasses } from './problems.ts';
import { TypeNames } from './types.ts';

const folder = 'client/src/generated';
const banner = '// Made from docs/openapi.json: npm run docs.\n\n';

/** The generated files of the client, from the project's folder, made from the API's document. */
export async function clientFiles(document: ApiDocument): Promise<Record<string, string>> {
  const names = new TypeNames(document);
  const operations = operationsIn(document).map((operation) => ({
    ...operation,
    types: names.of(operation),
  }));
  const groups = Map.groupBy(operations, ({ path }) => groupOf(path));
  const files = {
    'operations.ts': operationTable(operations),
    'problems.ts': problemClasses(document),
    'types.ts': await names.text(),
    'groups.ts': groupsClass([...groups.keys()]),
    ...Object.fromEntries(
      [...groups].map(([group, members]) => [`api/${group}.ts`, apiClass(group, members)]),
    ),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`${folder}/${name}`, `${banner}${text}\n`]),
  );
}
