import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import type { Core } from '../kernel/process.ts';

/** Sends what somebody outside tells unasked: early, late, twice, never, and what is not so. */
export type Tell = (
  notice: ProviderNoticeMessage,
  options: {
    /** By which it is known in the run. */
    readonly key: string;
    /** False for what is the only word that we get. */
    readonly mayBeLost: boolean;
    /** The contrary of it. */
    readonly contrary: ProviderNoticeMessage['type'] | null;
  },
) => void;

/** @param send puts a message into the queue of notices */
export function tellBy(core: Core, send: (id: string, body: string) => void): Tell {
  const { kernel, dice, faults } = core;
  return (notice, { key, mayBeLost, contrary }) => {
    const at = `notice ${key}`;
    const fault = faults.strike({ key: at }, [
      ...(mayBeLost ? (['notice_lost'] as const) : []),
      'notice_twice',
      'notice_late',
      ...(contrary ? (['notice_contradicts'] as const) : []),
    ]);
    const after = (name: string, delayMs: number, message: object) => {
      kernel.after(delayMs, `${name} ${at}`, () => send(`${at}${name}`, JSON.stringify(message)));
    };
    // One that is at once is here before the answer to the call that led to it.
    const soonMs = dice.unit(`soon ${at}`) ** 3 * 6_000;
    if (fault !== 'notice_lost') {
      const lateMs = dice.pick(`late ${at}`, [60_000, 900_000, 7_200_000]);
      after('', fault === 'notice_late' ? lateMs : soonMs, notice);
    }
    if (fault === 'notice_twice') {
      after(' again', dice.int(`again ${at}`, 1, 600_000), notice);
    }
    if (fault === 'notice_contradicts' && contrary) {
      const message = { ...notice, id: `${notice.id}-x`, type: contrary };
      after(' contrary', dice.int(`contrary ${at}`, 1, 600_000), message);
    }
  };
}
