import { createConfig, lintFromString } from '@redocly/openapi-core';

/** Redocly's recommended rules, minus those that do not fit, each with its reason. */
const rules = {
  // The project has no license to name.
  'info-license': 'off',
} as const;

/** What the linter finds wrong with an OpenAPI or AsyncAPI document: rule, place and message. */
export async function lint(text: string, file: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'], rules });
  const problems = await lintFromString({ source: text, absoluteRef: file, config });
  return problems.map(
    ({ ruleId, message, location: [at] }) => `${ruleId} at ${at?.pointer ?? '#/'}: ${message}`,
  );
}
