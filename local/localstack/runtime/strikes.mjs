// Random faults: each effect of a function may end its process, by a probability and a seed, as often
// as there are lives to take. Nothing here runs on AWS. They are armed by ../../faults.ts, as files:
//
//     strikes/settings.json    { seed, probability }
//     strikes/lives/<n>        one for each process that may still be ended
//     strikes/processes/<key>  who had a chance to be: a process is known by its function and a number
//     strikes/struck.jsonl     each process that was ended: where, and at what
//     strikes/calls.jsonl      each call that was sent to a PSP or a bank
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * True when hash(seed, process, n) says so: the n-th effect of a process has the same fate each time.
 *
 * @param {number} seed @param {string} processName @param {number} nth @param {number} probability
 */
export function isStruck(seed, processName, nth, probability) {
  const hash = createHash('sha256').update(`${seed} ${processName} ${nth}`).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48 < probability;
}

/**
 * The strikes of one process; null where none are armed.
 *
 * @param {string} folder of the faults @param {string} functionKey
 */
export function strikesOf(folder, functionKey) {
  const own = join(folder, 'strikes');
  let processName = null;
  let effects = 0;
  const settings = () => read(join(own, 'settings.json'));
  const append = (file, entry) =>
    appendFileSync(join(own, file), `${JSON.stringify({ time: new Date(), ...entry })}\n`);
  return {
    /**
     * Says whether the process ends here, and if so puts it on record.
     *
     * @param {string} at @param {string} what
     */
    strikes(at, what) {
      const armed = settings();
      if (!armed || armed.probability === 0) return false;
      processName ??= nameOf(own, functionKey);
      effects += 1;
      if (!isStruck(armed.seed, processName, effects, armed.probability)) return false;
      if (!takeLife(join(own, 'lives'))) return false;
      append('struck.jsonl', { process: processName, function: functionKey, at, what });
      return true;
    },
    /** @param {{ method: string, path: string, operation_id: string | null }} call */
    sent(call) {
      if (settings()) append('calls.jsonl', { function: functionKey, ...call });
    },
  };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Making a folder is the claim: of several processes one has the number. */
function nameOf(own, functionKey) {
  for (let number = 0; ; number++) {
    const name = `${functionKey}.${number}`;
    try {
      mkdirSync(join(own, 'processes', name));
      return name;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

/** Removing it is the claim. */
function takeLife(folder) {
  for (;;) {
    try {
      const [life] = readdirSync(folder);
      if (life === undefined) return false;
      unlinkSync(join(folder, life));
      return true;
    } catch (error) {
      // Another process was first.
      if (error.code !== 'ENOENT') throw error;
    }
  }
}
