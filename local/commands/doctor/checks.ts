import type { Machine } from '../../install/prerequisites.mjs';

export interface Check {
  readonly what: string;
  /** `missing` is in the way of something; `absent` is not, but good to know. */
  readonly state: 'ok' | 'absent' | 'missing';
  readonly found: string;
  /** What to do; null when it is well. */
  readonly advice: string | null;
}

/** Something that was looked at: what was found, or null. */
export interface Looked {
  readonly machine: Machine;
  /** One line for each thing that is missing, as `start` says it. */
  readonly missing: readonly string[];
  readonly packages: { readonly wrong: readonly string[] } | null;
  readonly localStack: boolean;
  readonly stack: { readonly endpoint: string; readonly apiUrl: string } | null;
  /** What the API's health answered; null when nothing did. */
  readonly health: string | null;
  /** AWS_ENDPOINT_URL and the like, which keep a deployment from AWS. */
  readonly endpointVariables: readonly string[];
  readonly apiVariables: { readonly url: boolean; readonly key: boolean };
}

const ok = (what: string, found: string): Check => ({ what, state: 'ok', found, advice: null });

/** Each tool that a local stack takes, as it was found. */
function tools({ machine, missing }: Looked): readonly Check[] {
  const found: readonly (readonly [string, string | undefined])[] = [
    ['Node', machine.node],
    ['Python', machine.python ?? (machine.uv === undefined ? undefined : 'uv brings its own')],
    ['Java', machine.javaHome],
    ['Maven', machine.maven],
  ];
  return found.map(([what, where]) => {
    const advice = missing.find((line) => line.startsWith(what)) ?? null;
    return advice === null && where !== undefined
      ? ok(what, where)
      : { what, state: 'missing', found: where ?? 'none', advice };
  });
}

/** What is well, and what to do about the rest. */
export function checksOf(looked: Looked): readonly Check[] {
  const { packages, localStack, stack, health, endpointVariables, apiVariables, machine } = looked;
  return [
    ...tools(looked),
    machine.chromium === undefined
      ? {
          what: 'Chromium',
          state: 'absent',
          found: 'none',
          advice: 'the tests of the console need it; npm test says how to get it',
        }
      : ok('Chromium', machine.chromium),
    packages === null
      ? {
          what: 'npm packages',
          state: 'missing',
          found: 'not installed',
          advice: 'any command but help installs them',
        }
      : packages.wrong.length === 0
        ? ok('npm packages', 'as package-lock.json has them')
        : {
            what: 'npm packages',
            state: 'missing',
            found: packages.wrong.join(', '),
            advice: 'npm ci',
          },
    localStack
      ? ok('LocalStack', 'installed in .local')
      : {
          what: 'LocalStack',
          state: 'absent',
          found: 'not installed',
          advice: 'npm start installs it',
        },
    stack === null
      ? { what: 'local stack', state: 'absent', found: 'none is up', advice: 'npm run up' }
      : ok('local stack', stack.endpoint),
    ...(stack === null
      ? []
      : [
          health === null
            ? ({
                what: 'API',
                state: 'missing',
                found: `${stack.apiUrl} does not answer`,
                advice: 'npm run down, then npm run up; .local/run/localstack.log says more',
              } as const)
            : ok('API', `${stack.apiUrl}: ${health}`),
        ]),
    endpointVariables.length === 0
      ? ok('AWS', 'no endpoint of an emulator is set')
      : {
          what: 'AWS',
          state: 'absent',
          found: endpointVariables.join(', '),
          advice: 'unset before a deployment to AWS: it is refused with it',
        },
    apiVariables.url === apiVariables.key
      ? ok('API of a stage', apiVariables.url ? 'named by the environment' : 'the local one')
      : {
          what: 'API of a stage',
          state: 'missing',
          found: apiVariables.url ? 'PAYSAGA_API_URL alone' : 'PAYSAGA_API_KEY alone',
          advice: 'set both or none of PAYSAGA_API_URL and PAYSAGA_API_KEY',
        },
  ];
}
