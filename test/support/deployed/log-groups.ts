import { LOCAL_REGION } from '../../../local/target.ts';

interface LogPage {
  readonly logGroups?: readonly { readonly logGroupName: string }[];
  readonly events?: readonly { readonly message: string }[];
  readonly nextToken?: string;
}

/** CloudWatch Logs over plain HTTP: the project has no client of it. */
async function logs(endpoint: string, action: string, body: object): Promise<LogPage> {
  const scope = `test/20260101/${LOCAL_REGION}/logs/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${action}`,
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as LogPage;
}

/** The names of the log groups that LocalStack has. */
export async function logGroups(endpoint: string): Promise<string[]> {
  const { logGroups: groups = [] } = await logs(endpoint, 'DescribeLogGroups', {});
  return groups.map(({ logGroupName }) => logGroupName);
}

/** Every line of a log group. */
export async function linesOf(endpoint: string, logGroupName: string): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs(endpoint, 'FilterLogEvents', {
      logGroupName,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    lines.push(...(page.events ?? []).map(({ message }) => message));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines;
}
