import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { PlantedBug } from '../bugs/bug.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/**
 * Bundles the simulation with all that it runs into one file.
 *
 * @param bug planted into it; null for none
 * @throws Error when the text that a bug replaces is not in its file exactly once
 */
export async function bundleSimulation(outfile: string, bug: PlantedBug | null): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['test/simulation/run/worker.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // For stack traces that a person can follow.
    sourcemap: 'inline',
    logLevel: 'silent',
    plugins: [untraced, ...(bug ? [planted(bug)] : [])],
  });
}

/**
 * X-Ray's SDK hooks into every promise of the process, traced or not, and that is a tenth of a run's
 * time. Here nothing is traced, so there is none of it.
 */
const untraced: Plugin = {
  name: 'untraced',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@aws-lambda-powertools\/tracer/ }, ({ path }) => ({
      path,
      namespace: 'untraced',
    }));
    onLoad({ filter: /.*/, namespace: 'untraced' }, () => ({
      contents: `
        export class Tracer {
          captureAWSv3Client(client) { return client; }
          isTracingEnabled() { return false; }
          putAnnotation() {}
        }
        export const captureLambdaHandler = () => ({ before: () => {} });
      `,
    }));
  },
};

/** Replaces a text in a file, or in two, while it is bundled; the files themselves stay as they are. */
function planted({ name, asleep, ...bug }: PlantedBug): Plugin {
  const edits = new Map(
    [bug, ...(asleep ? [asleep] : [])].map((edit) => [join(root, edit.file), edit]),
  );
  return {
    name: `bug ${name}`,
    setup: ({ onLoad, onEnd }) => {
      const loaded = new Set<string>();
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const edit = edits.get(path);
        if (!edit) {
          return null;
        }
        loaded.add(path);
        const text = await readFile(path, 'utf8');
        const found = text.split(edit.find).length - 1;
        if (found !== 1) {
          throw new Error(`the bug ${name} replaces a text that is ${found} times in ${edit.file}`);
        }
        return { contents: text.replace(edit.find, () => edit.replace), loader: 'ts' };
      });
      onEnd(() => {
        for (const [path, { file }] of edits) {
          if (!loaded.has(path)) {
            throw new Error(`the bug ${name} is in ${file}, which the simulation does not run`);
          }
        }
      });
    },
  };
}
