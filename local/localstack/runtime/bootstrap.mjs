// The Lambda runtime inside one node process. Speaks with the executor in node_process.py over two
// pipes: a request a line in, a result a line out. Ends when the request pipe does, so that no
// function outlives LocalStack, however that ended.
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { beginCount, endCount, watchCalls } from './counting.mjs';
import { errorReport } from './errors.mjs';
import { watchFaultPoints } from './faults.mjs';
import { loadHandler } from './handler.mjs';
import { invocation, patchOutput } from './log.mjs';
import { writeAll } from './pipe.mjs';

const requestFd = Number(process.env.PAYSAGA_REQUEST_FD);
const resultFd = Number(process.env.PAYSAGA_RESULT_FD);
delete process.env.PAYSAGA_REQUEST_FD;
delete process.env.PAYSAGA_RESULT_FD;

/** How long the function took to load; null once an invocation has taken note of it. */
let initMs = null;

function send(message) {
  writeAll(resultFd, `${JSON.stringify(message)}\n`);
}

function finish(message) {
  endCount(invocation, message);
  // The executor takes the log up to here, so that no line is lost or given to the next invocation.
  writeAll(1, `\0END ${invocation.id}\n`);
  send({ ...message, id: invocation.id });
  invocation.id = '';
}

// As on AWS: what nobody catches fails the invocation, if there is one, and ends the process.
function crash(report, exitCode) {
  console.error(invocation.id ? 'Invoke Error' : 'Uncaught Exception', JSON.stringify(report));
  if (invocation.id) finish({ error: report, fatal: true });
  process.exit(exitCode);
}

function contextOf(request) {
  const { env } = process;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: request.arn,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: request.id,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(request.deadline - Date.now())),
  };
}

async function serve(handler, request) {
  Object.assign(invocation, { id: request.id, logBytes: 0, logLines: 0 });
  process.env._X_AMZN_TRACE_ID = request.trace;
  try {
    const event = request.event === '' ? {} : JSON.parse(request.event);
    beginCount(request, event, initMs);
    const payload = JSON.stringify((await handler(event, contextOf(request))) ?? null);
    finish({ payload });
  } catch (error) {
    const report = errorReport(error);
    console.error('Invoke Error', JSON.stringify(report));
    finish({ error: report });
  }
  initMs = null;
}

patchOutput();
watchFaultPoints();
watchCalls();
process.on('uncaughtException', (error) => crash(errorReport(error), 129));
process.on('unhandledRejection', (error) => {
  crash({ ...errorReport(error), errorType: 'Runtime.UnhandledPromiseRejection' }, 128);
});

const requests = createInterface({ input: new Socket({ fd: requestFd, readable: true }) });
requests.on('close', () => process.exit(0));
try {
  const since = performance.now();
  const handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
  initMs = performance.now() - since;
  send({ ready: true });
  for await (const line of requests) await serve(handler, JSON.parse(line));
} catch (error) {
  const report = errorReport(error);
  send({ error: report });
  crash(report, 1);
}
