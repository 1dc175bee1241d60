import { App } from 'aws-cdk-lib';
import { addPaysaga } from './application.ts';
import { bundleFunctions } from './bundle.ts';
import { bundleConsole } from './console/bundle.ts';
import { stageOf } from './stages.ts';
import { targetOf } from './target.ts';

/**
 * The CDK app. Context:
 * - `stage`: local (default), dev or prod
 * - `sagaType`: STANDARD or EXPRESS, instead of the stage's own
 * - `alarmEmail`: who is told of alarms
 * - `runbookUrl`: where the runbook is read, to which alarms link; `docs/runbook.md` when absent
 * - `nag=false`: leaves out cdk-nag and CDK's own check of the templates, 5 of 8 seconds of a
 *   synthesis; `npm test` runs both for every stage
 */
const app = new App({ analyticsReporting: false });
const context = (name: string): unknown => app.node.tryGetContext(name);
const email = context('alarmEmail');
const runbookUrl = context('runbookUrl');
const nag = String(context('nag')) !== 'false';
if (!nag) {
  process.env.CDK_VALIDATION = 'false';
}

try {
  const stage = stageOf(context('stage'), context('sagaType'));
  addPaysaga(app, {
    stage,
    target: targetOf(stage, process.env),
    bundles: await bundleFunctions(),
    // The local stage's is put on the emulator after the deployment: it has no CloudFront.
    consoleFolder: stage.name === 'local' ? undefined : await bundleConsole(),
    alarmEmail: typeof email === 'string' ? email : undefined,
    runbookUrl: typeof runbookUrl === 'string' ? runbookUrl : undefined,
    nag,
  });
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
