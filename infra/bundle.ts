import { readFile, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { functionSpecs, simulatorSpecs } from '../functions/index.ts';
import type { FunctionSpec } from '../shared/runtime/function-spec.ts';
import { replacements } from './bundle/replacements.ts';

/** The most that one function's code may have, minified, where a payment may wait for it to load. */
export const maxBundleBytes = 362 * 1024;

/**
 * The same for a function that has to know its callers: their policies are CEL, of 81 KiB, and their
 * tokens JOSE, of 18.
 */
export const maxApiBundleBytes = 480 * 1024;

/**
 * The same for a function for whose start no payment waits: what runs by the clock, asks after an
 * unknown outcome, takes notices, erases customers, or tells merchants. The largest
 * read files: an S3 client with its XML and its checksums beside DynamoDB's, and CSV, come to 473 KiB;
 * or serve webhooks: policies, addresses and SQS beside DynamoDB come to 507 KiB.
 */
export const maxPatientBundleBytes = 510 * 1024;

/**
 * The same for a function that operators call. Taking a person's word on payments and payouts of both
 * ways comes to 534 KiB; seeing to dead letters, with clients of CloudFormation, Lambda, SQS and streams
 * beside DynamoDB's, to 620.
 */
export const maxOperatorBundleBytes = 625 * 1024;

/** What a bundle needs to know of its function. */
type BundledSpec = Pick<FunctionSpec, 'name' | 'trigger'>;

const root = join(import.meta.dirname, '..');

/**
 * Bundles on disk: one folder a function, with `index.mjs` in it, and a chunk for each module of ours
 * that it imports with `import()`.
 */
export interface Bundles {
  /** The folder of a function's code, by the function's name. */
  readonly folderOf: (name: string) => string;
  /** What is loaded when the function starts. */
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
  if (name.startsWith('operations-')) {
    return maxOperatorBundleBytes;
  }
  const isOfPayments = ['http', 'stream', 'consumer', 'saga-task'].includes(trigger.kind);
  const isOfOthers = /^(?:customers|webhooks)-/.test(name);
  if (!isOfPayments || isOfOthers) {
    return maxPatientBundleBytes;
  }
  return trigger.kind === 'http' ? maxApiBundleBytes : maxBundleBytes;
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
  const whole = await esbuild(out, Object.entries(handlers), { replaced, late: 'left out' });
  // In one run with the others, a chunk would be in a folder of its own.
  const inChunks = Object.entries(handlers).filter(([name]) =>
    outputOf(whole, out, name)?.imports.some(({ kind, path }) => isLate(kind) && isOwn(path)),
  );
  const bytes = { ...startBytes(whole, out, Object.keys(handlers)) };
  for (const handler of inChunks) {
    const split = await esbuild(out, [handler], { replaced, late: 'in chunks' });
    Object.assign(bytes, startBytes(split, out, [handler[0]]));
  }
  return { folderOf: (name) => join(out, name), bytes, replaced };
}

const isLate = (kind: string): boolean => kind === 'dynamic-import';
/** As our own modules name each other. */
const isOwn = (path: string): boolean => path.startsWith('.');

async function esbuild(
  out: string,
  handlers: readonly (readonly [name: string, file: string])[],
  { replaced, late }: { replaced: Set<string>; late: 'left out' | 'in chunks' },
): Promise<Metafile> {
  const { metafile, warnings } = await build({
    absWorkingDir: root,
    entryPoints: handlers.map(([name, file]) => ({ in: file, out: `${name}/index` })),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    splitting: late === 'in chunks',
    chunkNames: `${handlers[0]?.[0]}/[name]-[hash]`,
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
    plugins: [replacing(replaced), ...(late === 'left out' ? [leavingOutLate] : [])],
  });
  for (const { text, location } of warnings) {
    console.warn(`${location?.file ?? 'bundle'}: ${text}`);
  }
  return metafile;
}

function outputOf({ outputs }: Metafile, out: string, name: string) {
  return outputs[relative(root, join(out, name, 'index.mjs'))];
}

/** What each handler loads at its start: its own file, and the chunks that this imports at once. */
function startBytes(metafile: Metafile, out: string, names: readonly string[]) {
  const { outputs } = metafile;
  const sizeOf = (file: string, seen = new Set<string>()): number => {
    const output = outputs[file];
    if (!output || seen.has(file)) {
      return 0;
    }
    seen.add(file);
    const atOnce = output.imports.filter(({ kind, external }) => !isLate(kind) && !external);
    return atOnce.reduce((sum, { path }) => sum + sizeOf(path, seen), output.bytes);
  };
  return Object.fromEntries(
    names.map((name) => [name, sizeOf(relative(root, join(out, name, 'index.mjs')))]),
  );
}

/** Leaves out what a module of ours imports with `import()`. */
const leavingOutLate: Plugin = {
  name: 'late',
  setup: ({ onResolve }) => {
    onResolve({ filter: /./ }, ({ kind, importer, path }) =>
      isLate(kind) && isOwn(path) && !importer.includes(`${sep}node_modules${sep}`)
        ? { path, external: true }
        : undefined,
    );
  },
};

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
