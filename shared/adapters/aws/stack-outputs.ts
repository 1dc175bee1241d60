import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** The outputs of a stack; none of one that there is not. */
export async function stackOutputs(
  client: Pick<CloudFormationClient, 'send'>,
  StackName: string,
): Promise<Readonly<Record<string, string | undefined>>> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    return Object.fromEntries(
      (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [
        OutputKey,
        OutputValue,
      ]),
    );
  } catch (error) {
    // What CloudFormation says of a stack that there is not.
    if (error instanceof Error && error.name === 'ValidationError') {
      return {};
    }
    throw error;
  }
}
