// A process that starts LocalStack and waits, to be killed by the test of what then happens.
import { startLocalStack } from '../launch.ts';

const { endpoint, pid, exited } = await startLocalStack({ stateDir: process.argv[2] as string });
console.log(JSON.stringify({ endpoint, pid }));
await exited;
