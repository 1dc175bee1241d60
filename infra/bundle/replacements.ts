/** A module that our bundles carry another one for. */
export interface Replacement {
  /** The file, from below `node_modules/`. */
  readonly module: string;
  /** What stands in for it, in the same module format. */
  readonly contents: string;
  /** Why nothing of ours can notice. */
  readonly because: string;
}

const nothing = 'module.exports = {};';
const xray = 'aws-xray-sdk-core/dist/lib';

/**
 * What our bundles leave out of their dependencies: 210 of 520 KiB that a Lambda function loads,
 * parses and never runs. `bundle.test.ts` runs the shortened clients against an HTTP server, and
 * fails when an entry no longer matches a file.
 */
export const replacements: readonly Replacement[] = [
  {
    module: '@aws-sdk/credential-provider-node/dist-es/index.js',
    contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
    because:
      'Lambda gives a function its credentials in the environment and nowhere else: no profile, SSO, container, instance or web identity to ask, and so no STS client.',
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
      export class EventStreamSerde { constructor() { refuse(); } }`,
    because:
      'Loaded on demand for operations with an event stream; DynamoDB, Step Functions, EventBridge and SQS have none.',
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
