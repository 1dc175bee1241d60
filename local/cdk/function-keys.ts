import { LOCAL_REGION } from '../target.ts';

interface FunctionPage {
  Functions: { FunctionName: string; Environment?: { Variables?: Record<string, string> } }[];
  NextMarker?: string;
}

/** The keys by which faults are armed, of every function at a loopback endpoint: PAYSAGA_FUNCTION, or the name. */
export async function functionKeys(endpoint: string): Promise<string[]> {
  const keys: string[] = [];
  let marker = '';
  do {
    const url = new URL('/2015-03-31/functions/', endpoint);
    if (marker) url.searchParams.set('Marker', marker);
    const response = await fetch(url, {
      headers: {
        // An emulator reads the key id, from which it tells the account, and checks no signature.
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${LOCAL_REGION}/lambda/aws4_request, SignedHeaders=host, Signature=none`,
      },
    });
    const page = (await response.json()) as FunctionPage;
    for (const { FunctionName, Environment } of page.Functions) {
      keys.push(Environment?.Variables?.PAYSAGA_FUNCTION ?? FunctionName);
    }
    marker = page.NextMarker ?? '';
  } while (marker);
  return keys.sort();
}
