import type { ScannedPayment, ScanPayments } from '../../ports/payments.ts';
import type { RebuildDependencies } from './rebuild.ts';

/** Payments whose events are taken at once; those of one payment one after the other. */
const paymentsAtOnce = 10;

/** A payment can have thousands: so often it is looked whether they are wanted still. */
const eventsBetweenLooks = 100;

/** So often it is told how far it has come. */
const paymentsOfAStep = 1_000;

/**
 * Takes all events of all payments that there are into a generation, as a projector takes them: those that
 * it has are not taken again. Payments that are written meanwhile may be missing: their events come by the
 * projectors.
 *
 * @param isWanted looked at before each payment and each hundred of its events: false ends it
 * @returns false when it was ended so
 */
export async function fill(
  {
    scan,
    events,
    rows,
    tell,
    isWanted,
  }: Pick<RebuildDependencies, 'scan' | 'events' | 'rows' | 'tell'> & {
    readonly isWanted: () => Promise<boolean>;
  },
  generation: number,
): Promise<boolean> {
  let payments = 0;
  let taken = 0;
  let told = 0;
  let isEnded = false;
  const mayGoOn = async () => {
    // Never the other way: what another payment was told first must stand.
    isEnded = !(await isWanted()) || isEnded;
    return !isEnded;
  };
  const takeAll = async ({ id }: ScannedPayment) => {
    for (const [index, event] of (await events(id)).entries()) {
      if (index % eventsBetweenLooks === 0 && !(await mayGoOn())) {
        return;
      }
      taken += Number(await rows.project(event, generation));
    }
  };
  let after: string | null = null;
  do {
    const part: Awaited<ReturnType<ScanPayments>> = await scan(after, true);
    for (let from = 0; from < part.payments.length; from += paymentsAtOnce) {
      const some = part.payments.slice(from, from + paymentsAtOnce);
      await Promise.all(some.map(takeAll));
      if (isEnded) {
        return false;
      }
      payments += some.length;
      if (payments >= told + paymentsOfAStep) {
        tell({ kind: 'took', payments, events: taken });
        told = payments;
      }
    }
    after = part.next;
  } while (after !== null);
  tell({ kind: 'took', payments, events: taken });
  return true;
}
