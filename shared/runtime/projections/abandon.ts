import { abandon, phaseOf } from '../../domain/projection/control.ts';
import type { ProjectionName } from '../../domain/projection/names.ts';
import { clear, type RebuildDependencies } from './rebuild.ts';

/**
 * - `abandoned`: what was built of this generation is gone
 * - `nothing`: no rebuild is under way, or it is past the swap, where only going on leads to its end
 */
export type Abandoned =
  | { readonly kind: 'abandoned'; readonly generation: number }
  | { readonly kind: 'nothing'; readonly isSwapped: boolean };

/**
 * Gives a rebuild up before its swap; readers never read what it built:
 * 1. stop writing the generation beside the live one; who builds it sees that, and ends
 * 2. wait until nobody writes it, then delete its rows
 */
export async function abandonRebuild(
  deps: Pick<RebuildDependencies, 'controls' | 'rows' | 'pause' | 'tell'>,
  name: ProjectionName,
): Promise<Abandoned> {
  for (;;) {
    const control = await deps.controls.read(name);
    const { live, leaving } = control;
    switch (phaseOf(control)) {
      case 'building':
        await deps.controls.write(abandon(control));
        break;
      case 'retiring':
        if ((leaving as number) < live) {
          return { kind: 'nothing', isSwapped: true };
        }
        await clear(deps, control);
        return { kind: 'abandoned', generation: leaving as number };
      default:
        return { kind: 'nothing', isSwapped: phaseOf(control) === 'swapped' };
    }
  }
}
