import type { Stage } from './stages.ts';

/** The account for which an emulator answers. */
export const localAccount = '000000000000';

/** The names of this machine, as a URL has them. */
export const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/** Where a deployment goes. */
export interface Target {
  /** Undefined when the CLI did not say: a synthesis without credentials. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** The local AWS; null for AWS itself. */
  readonly endpoint: string | null;
}

/**
 * Works out where a stage is to go, and refuses the mix-ups that hurt: local stacks in a real
 * account, or real stacks that were meant for an account and went to an emulator.
 *
 * @param environment `AWS_ENDPOINT_URL`, `CDK_DEFAULT_ACCOUNT`, `CDK_DEFAULT_REGION`
 * @throws Error that says what to change
 */
export function targetOf(
  stage: Pick<Stage, 'name'>,
  environment: Readonly<Record<string, string | undefined>>,
): Target {
  const {
    AWS_ENDPOINT_URL: endpoint,
    CDK_DEFAULT_ACCOUNT: account,
    CDK_DEFAULT_REGION: region,
  } = environment;
  if (stage.name !== 'local') {
    if (endpoint) {
      throw new Error(
        `stage ${stage.name} goes to AWS, but AWS_ENDPOINT_URL is set: unset it, or deploy stage local`,
      );
    }
    return { account, region, endpoint: null };
  }
  const local = endpoint || 'http://127.0.0.1:4566';
  if (!URL.canParse(local) || !loopbackHosts.includes(new URL(local).hostname)) {
    throw new Error('stage local goes to this machine: AWS_ENDPOINT_URL must be a loopback URL');
  }
  if (account && account !== localAccount) {
    throw new Error(
      `stage local goes to account ${localAccount}, but the credentials are another account's`,
    );
  }
  return {
    account: localAccount,
    region: region ?? 'us-east-1',
    endpoint: local.replace(/\/+$/, ''),
  };
}

/**
 * The URL of a REST API's stage, without a slash at its end. The local AWS answers under its own
 * address: names below localhost.localstack.cloud do not resolve on every machine.
 */
export function apiUrlOf(
  target: Target,
  api: { readonly restApiId: string; readonly stageName: string; readonly awsUrl: string },
): string {
  return target.endpoint === null
    ? api.awsUrl.replace(/\/+$/, '')
    : `${target.endpoint}/_aws/execute-api/${api.restApiId}/${api.stageName}`;
}
