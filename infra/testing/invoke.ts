import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

/**
 * Runs one bundled function as Lambda would: `node invoke.ts <bundle>`, with the event on stdin and
 * what the function returns, or the error that it throws, as the last line of stdout.
 */
const { handler } = await import(pathToFileURL(String(process.argv[2])).href);
const context = {
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:bundled',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  getRemainingTimeInMillis: () => 10_000,
};
try {
  const returned = await handler(JSON.parse(await text(process.stdin)), context);
  console.log(JSON.stringify({ returned }));
} catch (error) {
  console.log(JSON.stringify({ threw: (error as Error).name, message: (error as Error).message }));
}
