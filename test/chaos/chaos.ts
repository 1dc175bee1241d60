import { armStrikes, struck } from '../../local/faults.ts';
import { collectEvidence } from './collect/collect.ts';
import { sendCanaries } from './collect/secrets.ts';
import { startInjecting } from './injected/injector.ts';
import { clearScripts } from './injected/scripts.ts';
import { chaosTenants, planPayments } from './plan/plan.ts';
import { type ChaosRun, holds, summarize } from './report/run.ts';
import { startChaosStack } from './stack/chaos-stack.ts';
import { merchantsOf } from './stack/driver.ts';
import { payOut } from './stack/payouts.ts';
import { waitForQuiet } from './stack/quiet.ts';
import { watchBus } from './stack/witness.ts';

/** At each effect of a process, and how many processes a run may end, by payment. */
const deathProbability = 0.01;
const deathsPerPayment = 0.75;
const injectedPerPayment = 0.75;
/** The sweeper needs minutes to see that a saga died, and an inquiry takes two. */
const quietWithinMs = 9 * 60_000;

export interface ChaosOptions {
  readonly payments: number;
  readonly seed: number;
  /** Is told how far it is. */
  readonly say: (line: string) => void;
}

/**
 * Lets chaos loose on a LocalStack of its own, with every stack deployed to it:
 * 1. merchants send payments and all that can be asked of them, repeated and refused requests among
 *    them; what is captured is settled, and paid out
 * 2. meanwhile processes end at their effects, PSPs lie, and what may come twice comes twice
 * 3. the faults end; the clock and the merchants bring everything to its end, until nothing moves
 * 4. everything is asked for once more, and strangers ask for what is not theirs
 * 5. all of it is collected, and held against the invariants
 *
 * It ends by itself, and LocalStack with it; after a run that does not hold, its folder stays.
 */
export async function runChaos({ payments, seed, say }: ChaosOptions): Promise<ChaosRun> {
  const started = new Date();
  const seconds = () => (Date.now() - started.getTime()) / 1_000;
  const log = (line: string) => say(`${seconds().toFixed(0).padStart(4)} s  ${line}`);
  log('starting LocalStack and deploying');
  const stack = await startChaosStack();
  const { stateDir } = stack;
  let keep = true;
  try {
    const witness = await watchBus(stack);
    const merchants = merchantsOf(stack, seed);
    log(`chaos for ${payments} payments`);
    armStrikes({
      stateDir,
      seed,
      probability: deathProbability,
      lives: Math.ceil(payments * deathsPerPayment),
    });
    const injecting = startInjecting(stack, {
      seed,
      most: Math.ceil(payments * injectedPerPayment),
    });
    await merchants.carryOut(planPayments(seed, payments), (through) => {
      if (through % 20 === 0) {
        log(`${through} payments sent; ${struck(stateDir).length} processes ended`);
      }
    });
    await sendCanaries(merchants, chaosTenants[0], seed);
    log('settling, and paying out');
    await payOut(stack, merchants, seed);
    const injected = await injecting.stop();
    armStrikes({ stateDir, seed, probability: 0, lives: 0 });
    await clearScripts(stack);
    log(`faults off after ${struck(stateDir).length} deaths; waiting for quiet`);
    const left = await waitForQuiet(stack, merchants, { withinMs: quietWithinMs, say: log });
    log('asking for everything once more');
    await merchants.repeatAll();
    log('collecting');
    const evidence = await collectEvidence(stack, { seed, merchants, witness, injected });
    const run = summarize(evidence, {
      seed,
      started: started.toISOString(),
      seconds: seconds(),
      struck: struck(stateDir),
      injected,
      left,
    });
    keep = !holds(run);
    return run;
  } finally {
    await stack.stop(keep);
    if (keep) {
      log(`its logs are in ${stateDir}`);
    }
  }
}
