import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Connect, defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;
const stackFile = join(root, '..', '.local', 'stack.json');
const derivedId = join(root, '..', 'shared', 'domain', 'derived-id.ts');
const derivedIdOfBrowsers = join(root, 'src', 'browser', 'derived-id.ts');

/** What of the record of the local stack the console is told. */
interface Stack {
  readonly endpoint: string;
  readonly apiUrl: string;
  readonly tenants: readonly {
    readonly id: string;
    readonly name?: string;
    readonly apiKey: string;
  }[];
}

/** @throws Error when no local stack is up */
function stack(): Stack {
  return JSON.parse(readFileSync(stackFile, 'utf8')) as Stack;
}

/** The settings that a deployment puts beside the page: here of the local stack, as it is now. */
const answerSettings: Connect.NextHandleFunction = (_request, response) => {
  const { apiUrl, tenants } = stack();
  response.setHeader('content-type', 'application/json');
  response.setHeader('cache-control', 'no-store');
  response.end(
    JSON.stringify({
      stage: 'local',
      api_url: new URL(apiUrl).pathname,
      identities: tenants.map(({ id, name, apiKey }) => ({
        name: name ?? id,
        tenant: id,
        api_key: apiKey,
      })),
    }),
  );
};

/** For `vite` and `vite preview` alone. The page of the former runs scripts of Vite's own, inline. */
function localStack(): Plugin {
  return {
    name: 'paysaga-local-stack',
    configureServer: ({ middlewares }) => void middlewares.use('/config.json', answerSettings),
    configurePreviewServer: ({ middlewares }) =>
      void middlewares.use('/config.json', answerSettings),
    transformIndexHtml: {
      order: 'pre',
      handler: (html, { server }) =>
        server ? html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, '') : html,
    },
  };
}

/** A browser has none of Node: what needs it is replaced here by name, and anything else is refused. */
function withoutNode(): Plugin {
  return {
    name: 'paysaga-without-node',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (source.startsWith('node:')) {
        throw new Error(`${importer} needs ${source}, which no browser has`);
      }
      if (!source.endsWith('/derived-id.ts') || importer === undefined) {
        return null;
      }
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      return resolved?.id === derivedId ? derivedIdOfBrowsers : null;
    },
  };
}

export default defineConfig(({ command, isPreview }) => {
  const serves = command === 'serve' || isPreview === true;
  const toStack = serves ? { '/_aws': { target: stack().endpoint, changeOrigin: true } } : {};
  return {
    root,
    base: './',
    plugins: [withoutNode(), react(), localStack()],
    server: { host: '127.0.0.1', port: 5173, proxy: toStack },
    preview: { host: '127.0.0.1', port: 4173, proxy: toStack },
    build: { outDir: join(root, '..', 'dist', 'console'), emptyOutDir: true, target: 'es2023' },
  };
});
