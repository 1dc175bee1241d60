import { defineConfig } from 'vitest/config';

const slow = ['**/*.integration.test.ts', '**/*.conformance.test.ts'];

/**
 * Two projects: `fast` needs nothing but Node; `stack` runs against a LocalStack that it starts.
 * A test's kind is in its name: x.test.ts, x.property.test.ts, x.conformance.test.ts, x.integration.test.ts.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: ['{functions,infra,local,shared,test}/**/*.test.ts'],
          exclude: slow,
          env: {
            POWERTOOLS_DEV: 'false',
            POWERTOOLS_LOG_LEVEL: 'SILENT',
            POWERTOOLS_TRACE_ENABLED: 'false',
            POWERTOOLS_METRICS_DISABLED: 'true',
          },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
