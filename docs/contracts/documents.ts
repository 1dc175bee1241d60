import { endpoints } from '../../shared/contracts/endpoints.ts';
import { examples } from '../../shared/contracts/examples/index.ts';
import { asyncApiOf } from './asyncapi.ts';
import type { AnyEndpoint } from './names.ts';
import { openApiOf } from './openapi/document.ts';
import { shownExamples } from './openapi/examples.ts';
import { schemaFilesOf } from './schemas.ts';

/** The documents that are made from the contracts, by their files. */
export function documents(): Readonly<Record<string, unknown>> {
  const all: readonly AnyEndpoint[] = Object.values(endpoints);
  return {
    'docs/openapi.json': openApiOf(all, shownExamples(examples)),
    'docs/asyncapi.json': asyncApiOf(all),
    ...schemaFilesOf(all),
  };
}
