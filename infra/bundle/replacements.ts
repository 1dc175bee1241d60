/** A module that our bundles carry another one for. */
export interface Replacement {
  /** The file, from below `node_modules/`. */
  readonly module: string;
  /** What stands in for it, in the same module format: as it is, or made from what it was. */
  readonly contents: string | ((original: string) => string);
  /** Why nothing of ours can notice. */
  readonly because: string;
}

const nothing = 'module.exports = {};';
const xray = 'aws-xray-sdk-core/dist/lib';
const config = '@smithy/core/dist-es/submodules/config';

/**
 * `{ [_e]: 1 }` as `{ "error": 1 }`, where `_e` is a constant of the same file. A computed key may
 * run code, for all that esbuild knows, so it drops no schema that has one.
 */
function withPlainKeys(original: string): string {
  const constants = new Map(
    [...original.matchAll(/^const (\w+) = (".*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return original.replaceAll(/\[(\w+)\]:/g, (key, name) =>
    constants.has(name) ? `${constants.get(name)}:` : key,
  );
}

/** The schemas of SSM with one error of its hundred and forty: the others come as the client's base class. */
function withParameterNotFoundAlone(original: string): string {
  return withPlainKeys(
    original.replaceAll(/^n0_registry\.registerError\((?!ParameterNotFound\$,).*\n/gm, ''),
  );
}

/** The partitions without the names of their regions: each has a pattern of them as well. */
function withoutRegions(original: string): string {
  return original.replaceAll(/"regions": \{(?:\s*"[^"]*": \{[^{}]*\},?)*\s*\}/g, '"regions": {}');
}

/**
 * What our bundles leave out of their dependencies: 226 of 569 KiB of `payments-submit`, which
 * Lambda would load and parse and never run. `bundle.test.ts` runs the shortened clients against an
 * HTTP server, and fails when an entry no longer matches a file or changes nothing in it.
 */
export const replacements: readonly Replacement[] = [
  {
    module: '@aws-sdk/credential-provider-node/dist-es/index.js',
    contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
    because:
      'Lambda gives a function its credentials in the environment and nowhere else: no profile, SSO, container, instance or web identity to ask, and so no STS client.',
  },
  {
    module: `${config}/shared-ini-file-loader/loadSharedConfigFiles.js`,
    contents: `export const CONFIG_PREFIX_SEPARATOR = '.';
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
    because: 'There is no home with an AWS profile in Lambda; each client would look for one.',
  },
  {
    module: `${config}/config-resolver/regionConfig/getInstanceMetadataRegion.js`,
    contents: 'export const getInstanceMetadataRegion = async () => undefined;',
    because: 'Asks an EC2 instance for its region; Lambda gives it in the environment.',
  },
  {
    module: '@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy.js',
    contents: `export class AdaptiveRetryStrategy {
      constructor() { throw new Error('bundled without adaptive retries'); }
    }`,
    because: 'For AWS_RETRY_MODE=adaptive; ours is the standard one.',
  },
  {
    module: '@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js',
    contents: withoutRegions,
    because: "A region's name is matched by its partition's pattern, and described to nobody.",
  },
  ...['s3', 'sfn', 'sqs'].map((client) => ({
    module: `@aws-sdk/client-${client}/dist-es/schemas/schemas_0.js`,
    contents: withPlainKeys,
    because: 'The same schemas; of S3, 53 of 65 KiB are of operations that nothing calls.',
  })),
  {
    module: '@aws-sdk/client-ssm/dist-es/schemas/schemas_0.js',
    contents: withParameterNotFoundAlone,
    because:
      'Each registered error brings its class and its schema: 55 KiB of what reading a parameter cannot answer, or is told apart by its name alone.',
  },
  {
    module: '@aws-sdk/endpoint-cache/dist-es/index.js',
    contents: 'export class EndpointCache {}',
    because:
      'A cache for endpoint discovery, which DynamoDB does only when told to; the client makes one and never reads it.',
  },
  {
    module: '@smithy/core/dist-es/submodules/event-streams/index.js',
    contents: `const refuse = () => { throw new Error('bundled without event streams'); };
      export const eventStreamSerdeProvider = refuse;
      export const resolveEventStreamSerdeConfig = (config) => config;
      export class EventStreamSerde { constructor() { refuse(); } }`,
    because:
      'For operations with an event stream; DynamoDB, Step Functions, EventBridge and SQS have none, and of S3 none is called that has one.',
  },
  {
    module: '@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js',
    contents: 'export class Sha256Js {}',
    because: 'The fallback for a Node without native crypto; Lambda runtimes have it.',
  },
  {
    module: `${xray}/patchers/aws_p.js`,
    contents: nothing,
    because: 'Traces the AWS SDK v2, with semver to tell its version; ours is v3.',
  },
  {
    module: `${xray}/resources/aws_whitelist.json`,
    contents: 'module.exports = { services: {} };',
    because:
      'Which parameters of AWS calls go into a trace, beside operation, region and request id: none.',
  },
  {
    module: `${xray}/middleware/mw_utils.js`,
    contents: 'module.exports = { disableCentralizedSampling() {} };',
    because:
      'Makes and samples the segments of a web server. In Lambda the service does both; the SDK only turns this off.',
  },
  {
    module: `${xray}/middleware/incoming_request_data.js`,
    contents: nothing,
    because: 'The request of a web server, for the same segments.',
  },
  ...['ec2_plugin', 'ecs_plugin', 'elastic_beanstalk_plugin'].map((plugin) => ({
    module: `${xray}/segments/plugins/${plugin}.js`,
    contents: nothing,
    because: 'Describes a host that is not Lambda.',
  })),
  {
    module: `${xray}/database/sql_data.js`,
    contents: nothing,
    because: 'Describes SQL queries; there are none.',
  },
];
