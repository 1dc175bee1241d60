import { localAccount, loopbackHosts } from '../infra/target.ts';

export const LOCAL_ACCOUNT = localAccount;
export const LOCAL_REGION = 'us-east-1';

/**
 * @param text `http://127.0.0.1:4566`, with a port and no path
 * @returns the same without a trailing slash
 * @throws {Error} for anything that is not an http address of this machine
 */
export function parseLoopbackEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && !loopbackHosts.includes(url.hostname)) {
    throw new Error(`${text} is not on this machine; the local stage is deployed to loopback only`);
  }
  if (url?.protocol !== 'http:' || url.port === '' || url.pathname !== '/' || url.username) {
    throw new Error(`not an endpoint: ${text}; give one like http://127.0.0.1:4566`);
  }
  return url.origin;
}

/**
 * Guards a local deployment, which deletes what it finds and uses well-known keys.
 *
 * @param account the one that STS names at the endpoint
 * @throws {Error} when the endpoint is not loopback or the account is not 000000000000
 */
export function assertLocalTarget(endpoint: string, account: string): void {
  parseLoopbackEndpoint(endpoint);
  if (account !== LOCAL_ACCOUNT) {
    throw new Error(
      `${endpoint} answers for account ${account}; the local stage is deployed to ${LOCAL_ACCOUNT} only`,
    );
  }
}

/** What of an environment names an endpoint, for all services or for one. */
export function endpointVariables(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env).filter((name) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && env[name] !== '');
}

/**
 * Guards a deployment to AWS, which would otherwise go, half of it perhaps, to an emulator.
 *
 * @throws {Error} when the environment names an endpoint, for all services or for one
 */
export function assertAwsTarget(env: NodeJS.ProcessEnv): void {
  const names = endpointVariables(env);
  if (names.length > 0) {
    throw new Error(
      `${names.join(', ')} is set, so this would not be deployed to AWS; unset it, or use npm run up for the local stage`,
    );
  }
}

/**
 * The account for which the emulator at a loopback endpoint answers.
 *
 * @throws {Error} when none answers, or not like AWS
 */
export async function accountOf(endpoint: string): Promise<string> {
  const response = await fetch(parseLoopbackEndpoint(endpoint), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      // An emulator reads the key id, from which it tells the account, and checks no signature.
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${LOCAL_REGION}/sts/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
    signal: AbortSignal.timeout(30_000),
  }).catch((error: Error) => {
    throw new Error(
      `nothing answers at ${endpoint}: ${(error.cause as Error)?.message ?? error.message}`,
    );
  });
  const answer = await response.text();
  const account = /<Account>(\d{12})<\/Account>/.exec(answer)?.[1];
  if (!account) throw new Error(`${endpoint} does not answer like AWS: ${answer.slice(0, 200)}`);
  return account;
}
