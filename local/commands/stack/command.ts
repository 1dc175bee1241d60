import { randomUUID } from 'node:crypto';
import { consoleLine, down, type Stack, up } from '../../stack.ts';
import type { StackOptions } from './group.ts';

const startedAt = Number(process.env.PAYSAGA_STARTED_AT ?? Date.now());
const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1);

/** Brings the local stack up in the background, or finds the one that is. */
export async function bringUp({
  json,
  ...options
}: StackOptions & { readonly json: boolean }): Promise<number> {
  const stack = await stackOf(options, false);
  if (json) {
    console.log(JSON.stringify(stackJson(stack)));
    return 0;
  }
  if (stack.alreadyUp) noteAlreadyUp(stack);
  else console.log(`\nUp in ${seconds()} s.`);
  describe(stack);
  return 0;
}

/** Brings the local stack up, settles a demo payment in it, and stays until it is asked to end. */
export async function startStack(options: StackOptions): Promise<number> {
  const end = asked();
  const interrupted = Symbol();
  const stack = await Promise.race([stackOf(options, true), end.then(() => interrupted)]);
  // The supervisor is in the foreground: it ends with this process.
  if (typeof stack === 'symbol') return 130;
  if (stack.alreadyUp) noteAlreadyUp(stack);
  const { runDemo } = await import('../../demo.ts');
  const demo = runDemo({
    apiUrl: stack.apiUrl,
    apiKey: stack.tenants[0]?.apiKey ?? '',
    log: (line) => console.log(line),
  }).then(() => {
    console.log(`\nThe demo payment settled ${seconds()} s after the start of this command.`);
    describe(stack);
  });
  await Promise.race([demo, end]);
  if (stack.alreadyUp) return 0;
  console.log(
    stack.pid === null
      ? 'Ctrl-C ends this command; the emulator, which was not started here, stays.'
      : 'Ctrl-C ends it.',
  );
  await end;
  await down();
  return 0;
}

/** Ends the local stack, or forgets the emulator that was not started here. */
export async function takeDown({ json }: { readonly json: boolean }): Promise<number> {
  const result = await down();
  const text = {
    stopped: 'The local stack is down.',
    forgotten: 'Forgotten. The emulator was not started here, so it stays.',
    nothing: 'No local stack is up.',
  }[result];
  console.log(json ? JSON.stringify({ result }) : text);
  return 0;
}

async function stackOf(options: StackOptions, foreground: boolean): Promise<Stack> {
  const { seedTenants } = await import('../../seed.ts');
  return up({ ...options, seed: seedTenants, foreground });
}

function describe(stack: Stack): void {
  const key = stack.tenants[0]?.apiKey ?? '';
  const curl = [
    `curl -i ${stack.apiUrl}/payments`,
    `-H 'Authorization: Bearer ${key}'`,
    `-H 'Idempotency-Key: ${randomUUID()}'`,
    `-H 'Content-Type: application/json'`,
    `-d '{"amount": 2500, "currency": "EUR", "payment_method": "tok_approve"}'`,
  ].join(' \\\n  ');
  console.log(`\n${consoleLine(stack)}API      ${stack.apiUrl}\nAPI key  ${key}\n\n${curl}\n`);
}

/** Where it is and who may call it; the keys are of this machine alone. */
function stackJson({ endpoint, apiUrl, simulatorUrl, tenants, alreadyUp }: Stack) {
  return {
    endpoint,
    api_url: apiUrl,
    simulator_url: simulatorUrl,
    tenants: tenants.map(({ apiKey, ...tenant }) => ({ ...tenant, api_key: apiKey })),
    already_up: alreadyUp,
  };
}

function noteAlreadyUp(stack: Stack): void {
  console.log(
    `The local stack is already up at ${stack.endpoint}; using it. npm run down ${stack.pid === null ? 'forgets' : 'ends'} it.`,
  );
}

/** Settles at Ctrl-C, a termination signal, or when the process that started this one has gone. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
    process.on('disconnect', () => resolve());
  });
}
