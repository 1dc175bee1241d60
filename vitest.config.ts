import { defineConfig } from 'vitest/config';

const folders = '{client,console,docs,functions,infra,local,shared,test}';
const env = {
  AWS_CALL_TIMEOUT_MS: '1500',
  AWS_REGION: 'us-east-1',
  POWERTOOLS_DEV: 'false',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_METRICS_NAMESPACE: 'Paysaga',
  POWERTOOLS_SERVICE_NAME: 'test',
  POWERTOOLS_TRACE_ENABLED: 'false',
};

/**
 * A test's kind is in its name, and its kind says where it runs:
 * - `fast`: x.test.ts and x.property.test.ts, which need nothing but Node
 * - `local`: what tests the local AWS itself, each file with a LocalStack of its own, and an adapter of
 *   a PSP against the PSP's own stand-in
 * - `stack`: x.conformance.test.ts and x.integration.test.ts, against one LocalStack with every
 *   stack deployed, file after file
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: [`${folders}/**/*.test.ts`],
          exclude: ['**/*.integration.test.ts', '**/*.conformance.test.ts'],
          env,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'local',
          include: ['{local,shared}/**/*.integration.test.ts'],
          env,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'stack',
          include: ['test/**/*.integration.test.ts', 'test/**/*.conformance.test.ts'],
          globalSetup: ['test/support/deployed/stack-setup.ts'],
          env,
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
