import {
  type ChargeBehaviour,
  type InquiryBehaviour,
  type SimulatorCall,
  simulatorCalls,
  type Trouble,
} from '../../../../shared/contracts/simulator/behaviour.ts';
import { type SimulatorPsp, simulatorPsps } from '../../../../shared/contracts/simulator/common.ts';
import type {
  SimulatorScriptBody,
  SimulatorScriptedAnswer,
} from '../../../../shared/contracts/simulator/scripts.ts';
import type { ScriptStore } from '../../../../shared/ports/simulator-store.ts';
import { ok, type SimulatorAnswer } from '../../answer.ts';

/** What a script says of one call, of whichever kind it is. */
type ScriptedBehaviour = ChargeBehaviour & InquiryBehaviour;

/** Takes what is scripted for a call; null when it is met as its token says. */
export function takeScripted({ take }: Pick<ScriptStore, 'take'>) {
  return async (call: SimulatorCall): Promise<ScriptedBehaviour | null> => {
    const scripted = await take(call);
    return scripted && behaviourOf(scripted);
  };
}

/** The control side of all PSPs' scripts. */
export function scriptControl(scripts: Readonly<Record<SimulatorPsp, ScriptStore>>) {
  const report = async (): Promise<SimulatorAnswer> => {
    const left = await Promise.all(
      simulatorPsps.flatMap((psp) =>
        simulatorCalls.map(async (call) => ({ psp, call, answers: await scripts[psp].left(call) })),
      ),
    );
    return ok({ scripts: left.filter(({ answers }) => answers.length > 0) });
  };
  return {
    report,
    /** Puts a script in the place of an earlier one. */
    write: async ({ psp, call, answers }: SimulatorScriptBody): Promise<SimulatorAnswer> => {
      await scripts[psp].put(call, answers);
      return report();
    },
    clear: async (): Promise<SimulatorAnswer> => {
      await Promise.all(
        simulatorPsps.flatMap((psp) => simulatorCalls.map((call) => scripts[psp].put(call, []))),
      );
      return report();
    },
  };
}

function behaviourOf(answer: SimulatorScriptedAnswer): ScriptedBehaviour {
  return {
    before: troubleOf(answer.before),
    decline: answer.decline,
    after: troubleOf(answer.after),
    notices: answer.notices?.map(({ delay_seconds, contradicts }) => ({
      delaySeconds: delay_seconds,
      contradicts,
    })),
    amountOffByMinor: answer.amount_off_by,
    authorizationMs: answer.authorization_ms,
    forgets: answer.forgets,
  };
}

function troubleOf(trouble: SimulatorScriptedAnswer['before']): Trouble | undefined {
  return trouble && { delayMs: trouble.delay_ms, status: trouble.status };
}
