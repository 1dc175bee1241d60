import { randomUUID } from 'node:crypto';
import { parseFault, parseStackOptions, UsageError, usage } from './arguments.ts';
import { functionKeys } from './cdk/function-keys.ts';
import { armFault } from './faults.ts';
import { down, type Stack, stateDir, status, up } from './stack.ts';

const startedAt = Number(process.env.PAYSAGA_STARTED_AT ?? Date.now());
const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1);

async function bringUp(args: string[], foreground: boolean): Promise<Stack> {
  const { seedTenants } = await import('./seed.ts');
  return up({ ...parseStackOptions(args), seed: seedTenants, foreground });
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
  console.log(`\nAPI      ${stack.apiUrl}\nAPI key  ${key}\n\n${curl}\n`);
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

async function start(args: string[]): Promise<number> {
  const end = asked();
  const interrupted = Symbol();
  const stack = await Promise.race([bringUp(args, true), end.then(() => interrupted)]);
  // The supervisor is in the foreground: it ends with this process.
  if (typeof stack === 'symbol') return 130;
  if (stack.alreadyUp) noteAlreadyUp(stack);
  const { runDemo } = await import('./demo.ts');
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

function takesNothing(args: string[]): void {
  if (args.length > 0) throw new UsageError(`this command takes no arguments: ${args.join(' ')}`);
}

const commands: Record<string, (args: string[]) => Promise<number>> = {
  start,
  async up(args) {
    const stack = await bringUp(args, false);
    if (stack.alreadyUp) noteAlreadyUp(stack);
    else console.log(`\nUp in ${seconds()} s.`);
    describe(stack);
    return 0;
  },
  async down(args) {
    takesNothing(args);
    const result = await down();
    console.log(
      {
        stopped: 'The local stack is down.',
        forgotten: 'Forgotten. The emulator was not started here, so it stays.',
        nothing: 'No local stack is up.',
      }[result],
    );
    return 0;
  },
  async fault(args) {
    const stack = await status();
    if (!stack) throw new UsageError('no local stack is up; npm run up brings one up');
    if (stack.pid === null)
      throw new UsageError('an emulator that was not started here has no fault points');
    const fault = parseFault(args, await functionKeys(stack.endpoint));
    armFault({ stateDir, ...fault });
    console.log(`${fault.functionKey} will end ${fault.at}, ${fault.times} time(s).`);
    return 0;
  },
  async deploy(args) {
    const { deployToAws } = await import('./commands/deploy-aws.ts');
    return deployToAws(args);
  },
  async keys(args) {
    const { keysCommand } = await import('./commands/keys/command.ts');
    return keysCommand(args);
  },
  async reconcile(args) {
    const { reconcileCommand } = await import('./commands/reconcile.ts');
    return reconcileCommand(args);
  },
  async simulate(args) {
    const { simulateCommand } = await import('./commands/simulate.ts');
    return simulateCommand(args);
  },
  async dlq(args) {
    const { dlqCommand } = await import('./commands/dlq/command.ts');
    return dlqCommand(args);
  },
  async acts(args) {
    const { actsCommand } = await import('./commands/acts/command.ts');
    return actsCommand(args);
  },
  async policy(args) {
    const { policyCommand } = await import('./commands/policy/command.ts');
    return policyCommand(args);
  },
  async replay(args) {
    const { replayCommand } = await import('./commands/replay/command.ts');
    return replayCommand(args);
  },
  async parked(args) {
    const { parkedCommand } = await import('./commands/parked/command.ts');
    return parkedCommand(args);
  },
  async payments(args) {
    const { paymentsCommand } = await import('./commands/payments/command.ts');
    return paymentsCommand(args);
  },
  async projections(args) {
    const { projectionsCommand } = await import('./commands/projections/command.ts');
    return projectionsCommand(args);
  },
  async ledger(args) {
    const { ledgerCommand } = await import('./commands/ledger.ts');
    return ledgerCommand(args);
  },
  async chaos(args) {
    const { chaosCommand } = await import('./commands/chaos.ts');
    return chaosCommand(args);
  },
  async fuzz(args) {
    const { fuzzCommand } = await import('./commands/fuzz.ts');
    return fuzzCommand(args);
  },
  async bench(args) {
    takesNothing(args);
    await import('../test/bench/bench.ts');
    return 0;
  },
  async contracts(args) {
    const { contractsCommand } = await import('./commands/contracts/command.ts');
    return contractsCommand(args);
  },
  async docs(args) {
    const { generateDocs } = await import('../docs/generate.ts');
    return generateDocs(args);
  },
  async '--help'() {
    console.log(usage);
    return 0;
  },
  async test(args) {
    const { runTests } = await import('./test.ts');
    return runTests(args);
  },
};

try {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(name ? `unknown command: ${name}` : 'no command');
  process.exitCode = await command(args);
} catch (error) {
  const wrongUse = error instanceof UsageError;
  console.error(wrongUse ? `${error.message}\n\n${usage}` : (error as Error).message);
  process.exitCode = wrongUse ? 2 : 1;
} finally {
  // Whatever still runs, a synthesis after Ctrl-C say, has nobody left to run for.
  process.exit();
}
