/** How many slots a call tries, at the most, before it finds that there is none for it. */
const tries = 5;

/**
 * The slots that a call tries to take, in that order, each once. The one that this process had last
 * comes first: a process has one call at a time, so as long as there are more slots than processes
 * each comes to have its own, and one write takes it. Five tries miss a free slot while half of them
 * are taken by others in one call of thirty-two, and that one is busy for a second.
 *
 * @param last null before the first
 * @param random from 0 up to, not including, 1
 */
export function slotsToTry(slots: number, last: number | null, random: () => number): number[] {
  const order = last !== null && last < slots ? [last] : [];
  const left = Array.from({ length: slots }, (_, slot) => slot).filter((slot) => slot !== order[0]);
  while (order.length < tries && left.length > 0) {
    order.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return order;
}
