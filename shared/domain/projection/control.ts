import type { ProjectionName } from './names.ts';

/** Who did a thing, and when. */
export interface ProjectionAct {
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
  readonly by: string;
}

/**
 * Which generations of a projection there are. Each is a whole set of rows of its own; projectors write
 * the live one and the one beside it, readers read the live one.
 *
 *     idle       live 1
 *     building   live 1, beside 2     begun: what comes goes into both, what was is read from the store
 *     swapped    live 2, beside 1     readers that do not know of it yet still read 1
 *     retiring   live 2, leaving 1    nobody reads or writes 1 any more: its rows are deleted
 *     idle       live 2
 *
 * A rebuild that is given up goes from building to retiring, with the generation it built as the one
 * that leaves. A number is never used twice.
 */
export interface ProjectionControl {
  readonly name: ProjectionName;
  /** Counts changes; 0: there was none. */
  readonly revision: number;
  readonly live: number;
  readonly beside: number | null;
  readonly leaving: number | null;
  /** The greatest generation that there ever was. */
  readonly last: number;
  /** The rebuild under way. */
  readonly begun: ProjectionAct | null;
  /** When the live generation became it; null for the first, which grows from its deployment on. */
  readonly built: ProjectionAct | null;
}

export type ProjectionPhase = 'idle' | 'building' | 'swapped' | 'retiring';

/** Generation 1 is what is there before anybody built one. */
export function firstControl(name: ProjectionName): ProjectionControl {
  const none = { beside: null, leaving: null, begun: null, built: null };
  return { name, revision: 0, live: 1, last: 1, ...none };
}

export function phaseOf({ live, beside, leaving }: ProjectionControl): ProjectionPhase {
  if (beside !== null) {
    return beside > live ? 'building' : 'swapped';
  }
  return leaving === null ? 'idle' : 'retiring';
}

/** Which generation readers read, and which others are written beside it. */
export interface Generations {
  readonly live: number;
  readonly beside: readonly number[];
}

export function generationsOf({ live, beside }: ProjectionControl): Generations {
  return { live, beside: beside === null ? [] : [beside] };
}

/** A generation of a number that was never used is to be built beside the live one. */
export function begin(control: ProjectionControl, act: ProjectionAct): ProjectionControl {
  mustBe(control, 'idle');
  const next = control.last + 1;
  return { ...changed(control), beside: next, last: next, begun: act };
}

/** What was built is what readers read; the one before is written on for those that read it still. */
export function swap(control: ProjectionControl, act: ProjectionAct): ProjectionControl {
  mustBe(control, 'building');
  const live = control.beside as number;
  return { ...changed(control), live, beside: control.live, begun: null, built: act };
}

/** Nobody reads the generation before any more: it need not be written, and may be deleted. */
export function retire(control: ProjectionControl): ProjectionControl {
  mustBe(control, 'swapped');
  return { ...changed(control), beside: null, leaving: control.beside };
}

/** What was built is given up; readers never read it. */
export function abandon(control: ProjectionControl): ProjectionControl {
  mustBe(control, 'building');
  return { ...changed(control), beside: null, leaving: control.beside, begun: null };
}

/** The rows of the generation that left are deleted. */
export function forget(control: ProjectionControl): ProjectionControl {
  mustBe(control, 'retiring');
  return { ...changed(control), leaving: null };
}

function changed(control: ProjectionControl): ProjectionControl {
  return { ...control, revision: control.revision + 1 };
}

function mustBe(control: ProjectionControl, phase: ProjectionPhase): void {
  const is = phaseOf(control);
  if (is !== phase) {
    throw new Error(`${control.name} is ${is}, not ${phase}`);
  }
}
