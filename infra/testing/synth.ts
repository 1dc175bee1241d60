import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addPaysaga, type Paysaga } from '../application.ts';
import type { Bundles } from '../bundle.ts';
import { type SagaType, type StageName, stageOf } from '../stages.ts';
import { targetOf } from '../target.ts';

/** A resource of a template, as far as tests look into it. */
export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what CloudFormation takes has no one type
  readonly Properties: any;
  readonly DeletionPolicy?: string;
}

/** The logical id of a resource, and its properties. */
export type Named = readonly [id: string, properties: Resource['Properties']];

/** A stage's stacks with their templates. */
export interface Synthesized {
  readonly app: App;
  readonly stacks: Paysaga;
  readonly templates: readonly Template[];
  /** Of all stacks, by type. */
  readonly resources: (type: string) => readonly Resource[];
  readonly named: (type: string) => readonly Named[];
  /** A reference as its own stack has it: an import is followed to what was exported. */
  readonly followed: (reference: unknown) => unknown;
  /** The function of a spec. @throws Error when there is none */
  readonly functionOf: (name: string) => Named;
  /** The role of that function. */
  readonly roleOf: (name: string) => Resource['Properties'];
}

const done = new Map<string, Synthesized>();

/** Synthesizes a stage, once a test file, with the flags of `cdk.json` and without handlers' code. */
export function synthesized(name: StageName, sagaType?: SagaType): Synthesized {
  const stage = stageOf(name, sagaType);
  const key = `${name} ${stage.sagaType}`;
  const before = done.get(key);
  if (before) {
    return before;
  }
  const root = mkdtempSync(join(tmpdir(), 'paysaga-synth-'));
  const app = new App({ analyticsReporting: false, context: flags(), outdir: join(root, 'out') });
  const stacks = addPaysaga(app, {
    stage,
    target: targetOf(stage, {}),
    bundles: emptyBundles(join(root, 'code')),
    consoleFolder: name === 'local' ? undefined : emptyConsole(join(root, 'console')),
    alarmEmail: 'someone@example.com',
    nag: false,
  });
  const templates = Object.values(stacks)
    .filter((stack): stack is Stack => stack !== undefined)
    .map((stack) => Template.fromStack(stack));
  const result = { app, stacks, ...views(name, templates) };
  done.set(key, result);
  return result;
}

function views(
  stage: StageName,
  templates: readonly Template[],
): Omit<Synthesized, 'app' | 'stacks'> {
  const exported = new Map(
    templates
      .flatMap((template) => Object.values(template.findOutputs('*')))
      .flatMap(({ Export, Value }) => (Export ? [[Export.Name, Value]] : [])),
  );
  const named = (type: string) =>
    templates.flatMap((template) =>
      Object.entries(template.findResources(type)).map(
        ([id, { Properties = {} }]): Named => [id, Properties],
      ),
    );
  const functionOf = (name: string): Named => {
    const found = named('AWS::Lambda::Function').find(
      ([, { FunctionName }]) => FunctionName === `paysaga-${stage}-${name}`,
    );
    if (!found) {
      throw new Error(`there is no function ${name}`);
    }
    return found;
  };
  return {
    templates,
    resources: (type) =>
      templates.flatMap((template) => Object.values(template.findResources(type)) as Resource[]),
    named,
    followed: (reference) =>
      exported.get((reference as { 'Fn::ImportValue': string })['Fn::ImportValue']) ?? reference,
    functionOf,
    roleOf: (name) => {
      const [, { Role }] = functionOf(name);
      return named('AWS::IAM::Role').find(([id]) => id === Role['Fn::GetAtt'][0])?.[1];
    },
  };
}

export function flags(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'cdk.json'), 'utf8'))
    .context;
}

/** Files of a console, as few as there may be. */
function emptyConsole(folder: string): string {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<h1>console</h1>');
  writeFileSync(join(folder, 'assets', 'index-0a1b2c.js'), '// console');
  return folder;
}

/** A folder a function, with a file in it that is no code. */
export function emptyBundles(root: string): Bundles {
  const folderOf = (name: string) => {
    const folder = join(root, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.mjs'), `// ${name}\n`);
    return folder;
  };
  return { folderOf, bytes: {}, replaced: new Set() };
}
