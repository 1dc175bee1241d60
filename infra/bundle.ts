import { readFile, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { functionSpecs, simulatorSpec } from '../functions/index.ts';
import type { FunctionSpec } from '../shared/runtime/function-spec.ts';
import { replacements } from './bundle/replacements.ts';

/** The most that one function's code may have, minified. */
export const maxBundleBytes = 350 * 1024;

const root = join(import.meta.dirname, '..');

/** Bundles on disk: one folder a function, with `index.mjs` in it. */
export interface Bundles {
  /** The folder of a function's code, by the function's name. */
  readonly folderOf: (name: string) => string;
  readonly bytes: Readonly<Record<string, number>>;
  /** The replacements that were used, by module. */
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
 * @throws Error naming the functions over {@link maxBundleBytes}
 */
export async function bundleFunctions(
  out: string = join(root, 'dist', 'functions'),
  specs: readonly Pick<FunctionSpec, 'name'>[] = [...functionSpecs, simulatorSpec],
): Promise<Bundles> {
  const replaced = new Set<string>();
  await rm(out, { recursive: true, force: true });
  const { metafile, warnings } = await build({
    absWorkingDir: root,
    entryPoints: specs.map((spec) => ({ in: handlerOf(spec), out: `${spec.name}/index` })),
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
  const tooBig = Object.entries(bytes).filter(([, size]) => size > maxBundleBytes);
  if (tooBig.length > 0) {
    throw new Error(
      `over ${maxBundleBytes} bytes: ${tooBig.map(([name, size]) => `${name} (${size})`).join(', ')}`,
    );
  }
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
        const contents = byModule.get(module);
        if (contents !== undefined) {
          replaced.add(module);
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
