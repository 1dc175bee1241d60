import type { SimulatorScriptBody } from '../../../shared/contracts/simulator/scripts.ts';
import type { Dice } from '../plan/dice.ts';
import type { ChaosStack } from '../stack/chaos-stack.ts';

type Script = Omit<SimulatorScriptBody, 'psp'>;

/** What PSPs do to whatever comes next: each is a lie, or trouble, that no token has. */
const scripts: Readonly<Record<string, Script>> = {
  'PSP does a charge and answers 500': { call: 'charge', answers: [{ after: { status: 500 } }] },
  'PSP does a charge and answers 502, then is busy': {
    call: 'charge',
    answers: [{ after: { status: 502 } }, { before: { status: 429 } }],
  },
  'PSP refuses charges as too many': {
    call: 'charge',
    answers: [{ before: { status: 429 } }, { before: { status: 429 } }],
  },
  'PSP does a capture and answers 503': { call: 'capture', answers: [{ after: { status: 503 } }] },
  'PSP does a void and answers 500': { call: 'void', answers: [{ after: { status: 500 } }] },
  'PSP does a refund and answers 504': { call: 'refund', answers: [{ after: { status: 504 } }] },
  'PSP forgets what it did when asked': {
    call: 'inquiry',
    answers: [{ forgets: true }, { before: { status: 503 } }, { forgets: true }],
  },
  'PSP sends a notice early, and twice': {
    call: 'charge',
    answers: [{ notices: [{}, {}, { delay_seconds: 8 }], after: { delay_ms: 1_500 } }],
  },
  'PSP approves less than was asked': { call: 'charge', answers: [{ amount_off_by: 7 }] },
};

/** Scripts the next calls of a PSP: mostly of the first, which most of them go to. */
export function scriptsOf({ simulatorUrl }: ChaosStack, die: Dice) {
  const kinds: Record<string, (key: string) => Promise<boolean>> = {};
  for (const [name, script] of Object.entries(scripts)) {
    kinds[name] = async (key) => {
      const psp = die.chance(`${key} psp`, 0.8) ? 'simulator' : 'simulator-b';
      const response = await fetch(`${simulatorUrl}/script`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...script, psp }),
      });
      return response.ok;
    };
  }
  return kinds;
}

/** Takes back what is left of all scripts. */
export async function clearScripts({ simulatorUrl }: ChaosStack): Promise<void> {
  await fetch(`${simulatorUrl}/script`, { method: 'DELETE' });
}
