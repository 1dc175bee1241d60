import type { IResource } from 'aws-cdk-lib/aws-apigateway';
import { corsRequestHeaders, securityHeaders } from '../../../shared/contracts/http-headers.ts';
import { addMock } from './mock.ts';
import { literals } from './problems.ts';

/** How long a browser remembers the answer. */
const maxAgeSeconds = 600;

/**
 * Answers a browser that asks whether a page may call the methods of a path: with the page's own
 * origin when it is listed, and with none when it is not. Without origins there is no such method.
 *
 * CDK's own preflight answers every other origin with the first of the list, and compares by regular
 * expressions, in which a dot is any character.
 */
export function addPreflight(
  resource: IResource,
  methods: readonly string[],
  origins: readonly string[],
): void {
  if (origins.length === 0) {
    return;
  }
  addMock(resource, 'OPTIONS', {
    status: 204,
    headers: literals({
      ...securityHeaders,
      'Access-Control-Allow-Headers': corsRequestHeaders.join(', '),
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Max-Age': String(maxAgeSeconds),
      Vary: 'Origin',
    }),
    template: originTemplate(origins),
  });
}

/** @throws Error for what is no origin: it would be written into a template */
function originTemplate(origins: readonly string[]): string {
  for (const origin of origins) {
    if (!/^https?:\/\/[a-z0-9.-]+(?::\d+)?$/.test(origin)) {
      throw new Error(`${JSON.stringify(origin)} is no origin, such as https://shop.example`);
    }
  }
  const isListed = origins.map((origin) => `$origin == "${origin}"`).join(' || ');
  return [
    '#set($origin = $input.params("Origin"))',
    '#if($origin == "")#set($origin = $input.params("origin"))#end',
    `#if(${isListed})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
  ].join('\n');
}
