import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

export type Algorithm = 'RS256' | 'ES256' | 'EdDSA';

/** A key of the issuer: both halves, and its name. */
export interface IssuerKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** A new key pair. */
export async function anIssuerKey(
  alg: Algorithm | 'PS256' | 'ES384',
  kid: string,
): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    kid,
    alg,
    privateKey,
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
  };
}

/** How the issuer answers. */
type Mood = 'well' | 'failing' | 'silent' | 'garbled' | 'of another' | 'elsewhere' | 'moved';

/** An OpenID Connect issuer on the loopback, of which only what a verifier reads is there. */
export async function startIssuer(keys: readonly IssuerKey[]) {
  let published = keys;
  let mood: Mood = 'well';
  const asked: string[] = [];
  const waiting = new Set<ServerResponse>();
  const keySet = () => ({ keys: published.map(({ publicJwk }) => publicJwk) });
  const inlineKeys = () => `data:application/json,${encodeURIComponent(JSON.stringify(keySet()))}`;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (mood === 'silent') {
      waiting.add(response);
      return;
    }
    response.statusCode = { failing: 503, moved: 302 }[mood as string] ?? 200;
    if (mood === 'moved') {
      response.setHeader('location', `${url}/keys`);
    }
    const body =
      request.url === '/keys'
        ? keySet()
        : {
            issuer: mood === 'of another' ? 'https://issuer.example' : url,
            jwks_uri: mood === 'elsewhere' ? inlineKeys() : `${url}/keys`,
          };
    response.end(mood === 'garbled' ? '<html>' : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    /** The paths that were asked for. */
    asked,
    publish: (next: readonly IssuerKey[]) => {
      published = next;
    },
    be: (next: Mood) => {
      mood = next;
    },
    stop: async () => {
      for (const response of waiting) {
        response.destroy();
      }
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Signs claims as the issuer does. */
export function signed(key: IssuerKey, claims: JWTPayload, header = {}): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
}

/** A token of parts that nobody has signed, or who should not have. */
export function unsigned(header: object, claims: object, signature = ''): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${signature}`;
}
