// Owns a LocalStack: a process of its own, which ends with the one that started it, unless that tells it
// to stay. Started by supervision.ts with: STATE_DIR TOKEN PORT. The token in its arguments is how
// `down` knows it again.
import { startLocalStack } from '../localstack/launch.ts';

/** What the supervisor sends to the process that started it, once. */
export type SupervisorMessage = { ready: true } | { error: string };

const [stateDir, , port] = process.argv.slice(2);
if (!stateDir || !port) throw new Error('supervisor.ts is started by supervision.ts');

const tell = (message: SupervisorMessage) => process.send?.(message);

let staying = false;
process.on('message', (message) => {
  staying ||= message === 'stay';
});
// Until LocalStack is up there is nothing to keep.
const giveUp = () => process.exit(1);
process.once('disconnect', giveUp);

try {
  const localStack = await startLocalStack({ stateDir, port: Number(port) });
  process.off('disconnect', giveUp);
  const end = async () => {
    await localStack.stop();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', () => {
    if (!staying) void end();
  });
  void localStack.exited.then(end);
  tell({ ready: true });
} catch (error) {
  tell({ error: (error as Error).message });
  process.exitCode = 1;
}
