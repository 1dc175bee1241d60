import { readFile, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { functionSpecs, simulatorSpecs } from '../functions/index.ts';
import type { FunctionSpec } from '../shared/runtime/function-spec.ts';
import { replacements } from './bundle/replacements.ts';

/** The most that one function's code may have, minified, where a payment may wait for it to load. */
export const maxBundleBytes = 350 * 1024;

/**
 * The same for a function for whose start no payment waits: what runs by the clock, asks after an
 * unknown outcome, takes notices, or serves operators. The largest reads files: an S3 client with its
 * XML and its checksums beside DynamoDB's, and CSV, come to 473 KiB.
 */
export const maxPatientBundleBytes = 512 * 1024;

/** What a bundle needs to know of its function. */
type BundledSpec = Pick<FunctionSpec, 'name' | 'trigger'>;

const root = join(import.meta.dirname, '..');

/** Bundles on disk: one folder a function, with `index.mjs` in it. */
export interface Bundles {
  /** The folder of a function's code, by the function's name. */
  readonly folderOf: (name: string) => string;
  readonly bytes: Readonly<Record<string, number>>;
  /** The replacements that changed something, by module. */
  readonly replaced: ReadonlySet<string>;
}

/** `payments-submit` has its handler in `functions/payments/submit/handler.ts`. */
export function handlerOf(spec: Pick<FunctionSpec, 'name'>): string {
  const [context, ...rest] = spec.name.split('-');
  return `functions/${context}/${rest.join('-')}/handler.ts`;
}

/**
 * Bundles every handler in one run of esbuild. The same sources give the same bytes, so a function
 * whose code did not change is not deployed again.
 *
 * @param out folder for the bundles; what was in it is deleted
 * @throws Error naming the functions over {@link maxBytesOf}
 */
export async function bundleFunctions(
  out: string = join(root, 'dist', 'functions'),
  specs: readonly BundledSpec[] = [...functionSpecs, ...simulatorSpecs],
): Promise<Bundles> {
  const bundles = await bundleHandlers(
    out,
    Object.fromEntries(specs.map((spec) => [spec.name, handlerOf(spec)])),
  );
  const tooBig = specs.flatMap((spec) => {
    const size = bundles.bytes[spec.name] ?? 0;
    const most = maxBytesOf(spec);
    return size > most ? [`${spec.name} has ${size} bytes, over ${most}`] : [];
  });
  if (tooBig.length > 0) {
    throw new Error(tooBig.join(', '));
  }
  return bundles;
}

/** The most that a function's bundle may have. */
export function maxBytesOf({ name, trigger }: BundledSpec): number {
  const isOfPayments = ['http', 'stream', 'consumer', 'saga-task'].includes(trigger.kind);
  return isOfPayments && !name.startsWith('operations-') ? maxBundleBytes : maxPatientBundleBytes;
}

/**
 * Bundles handlers without a limit.
 *
 * @param handlers file below the repository, by the name of its bundle
 */
export async function bundleHandlers(
  out: string,
  handlers: Readonly<Record<string, string>>,
): Promise<Bundles> {
  const replaced = new Set<string>();
  await rm(out, { recursive: true, force: true });
  const { metafile, warnings } = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(handlers).map(([name, file]) => ({
      in: file,
      out: `${name}/index`,
    })),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
    // CommonJS dependencies ask for Node's own modules with require(), which an ES module lacks.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [replacing(replaced)],
  });
  for (const { text, location } of warnings) {
    console.warn(`${location?.file ?? 'bundle'}: ${text}`);
  }
  const bytes = sizes(metafile, out);
  return { folderOf: (name) => join(out, name), bytes, replaced };
}

function sizes(metafile: Metafile, out: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(metafile.outputs).map(([file, { bytes }]) => [
      relative(out, dirname(join(root, file))),
      bytes,
    ]),
  );
}

/** Loads the replacements, and of a dependency's package.json only what its client says of itself. */
function replacing(replaced: Set<string>): Plugin {
  const byModule = new Map(replacements.map((entry) => [entry.module, entry.contents]));
  return {
    name: 'replacements',
    setup: ({ onLoad }) => {
      onLoad({ filter: /[\\/]node_modules[\\/]/ }, async ({ path }) => {
        const module = path.split(`${sep}node_modules${sep}`).at(-1)?.replaceAll(sep, '/') ?? '';
        const replacement = byModule.get(module);
        if (replacement !== undefined) {
          const original = await readFile(path, 'utf8');
          const contents = typeof replacement === 'string' ? replacement : replacement(original);
          if (contents !== original) {
            replaced.add(module);
          }
          return { contents, loader: 'js', resolveDir: dirname(path) };
        }
        if (module.endsWith('/package.json')) {
          const { name, version } = JSON.parse(await readFile(path, 'utf8'));
          return { contents: JSON.stringify({ name, version }), loader: 'json' };
        }
        return undefined;
      });
    },
  };
}
