import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import {
  CreateBucketCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type ConsoleSettings, cacheControl } from '../../infra/console/settings.ts';
import type { Tenant } from '../supervision/record.ts';

/** The bucket of the console's files on an emulator. */
export const consoleBucket = 'paysaga-console';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface ConsoleHost {
  /** `http://127.0.0.1:PORT`, of which the page is, and the API as well. */
  readonly endpoint: string;
  readonly region: string;
  readonly apiUrl: string;
  readonly tenants: readonly Tenant[];
  /** The console's files, as Vite built them. */
  readonly folder: string;
}

/**
 * Puts the console on an emulator, and tells it of the API and of the demo tenants, with their keys:
 * who reads it from there is on this machine, and so is all that the keys open (decisions/0032).
 *
 * @returns the address of its page
 * @throws Error for a file whose type is not known, or what S3 refuses
 */
export async function hostConsole(host: ConsoleHost): Promise<string> {
  const { endpoint, region, folder } = host;
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    await client.send(new CreateBucketCommand({ Bucket: consoleBucket }));
    // Without rules of its own LocalStack lets pages of some origins of its maker's read the bucket.
    await client.send(
      new PutBucketCorsCommand({
        Bucket: consoleBucket,
        CORSConfiguration: {
          CORSRules: [{ AllowedOrigins: [new URL(endpoint).origin], AllowedMethods: ['GET'] }],
        },
      }),
    );
    const put = (Key: string, Body: Uint8Array | string) =>
      client.send(
        new PutObjectCommand({
          Bucket: consoleBucket,
          Key,
          Body,
          ContentType: contentTypeOf(Key),
          CacheControl: Key.startsWith('assets/') ? cacheControl.hashed : cacheControl.unhashed,
        }),
      );
    const files = await filesBelow(folder);
    await Promise.all(
      files.map(async (name) => put(name.split(sep).join('/'), await readFile(join(folder, name)))),
    );
    await put('config.json', JSON.stringify(settingsOf(host)));
  } finally {
    client.destroy();
  }
  return `${endpoint}/${consoleBucket}/index.html`;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function contentTypeOf(name: string): string {
  const type = contentTypes[extname(name)];
  if (!type) {
    throw new Error(`the console has a file of a type that nobody knows: ${name}`);
  }
  return type;
}

function settingsOf({ endpoint, apiUrl, tenants }: ConsoleHost): ConsoleSettings {
  return {
    stage: 'local',
    api_url: apiUrl.slice(endpoint.length),
    identities: tenants.map(({ id, name, apiKey }) => ({
      name: name ?? id,
      tenant: id,
      api_key: apiKey,
    })),
  };
}
