import {
  type ProjectionAct,
  type ProjectionControl,
  phaseOf,
} from '../../../shared/domain/projection/control.ts';
import type { ProjectionName } from '../../../shared/domain/projection/names.ts';
import type { Difference } from '../../../shared/runtime/projections/compare.ts';
import type { RebuildStep } from '../../../shared/runtime/projections/rebuild.ts';

/** Differences are told one by one up to so many: what is wrong shows in the first ones. */
const differencesTold = 10;

/** Long enough to see what differs, for a person. */
const valueLength = 160;

/** What the first generation has, which nobody built. */
const firstHas: Readonly<Record<ProjectionName, string>> = {
  payment_list: 'grew with its payments',
  // There were payments before it, in a stage that is older.
  daily_totals: 'counts from its deployment on',
};

/** What is on record of a projection, a line each. */
export function controlText(control: ProjectionControl): string[] {
  const { name, live, beside, leaving, begun, built } = control;
  const after = {
    idle: '',
    building: `; ${beside} is being built, begun ${actText(begun)}`,
    swapped: `; ${beside} is still written for readers that do not know of the swap`,
    retiring: `; ${leaving} is to be deleted`,
  }[phaseOf(control)];
  const since = built ? `built ${actText(built)}` : firstHas[name];
  return [`${name}  generation ${live} is live, ${since}${after}`];
}

function actText(act: ProjectionAct | null): string {
  return act ? `${act.at} by ${act.by}` : 'at a time that is not on record';
}

export function stepText(step: RebuildStep): string {
  switch (step.kind) {
    case 'began':
      return `generation ${step.generation} is written beside the live one from now on`;
    case 'goes_on':
      return `going on with generation ${step.generation}`;
    case 'waits':
      return `waiting ${step.ms / 1_000} s until ${step.until}`;
    case 'took':
      return `${step.payments} payments gone through, ${step.events} events taken`;
    case 'compared':
      return `${step.rows} rows compared`;
    case 'swapped':
      return `generation ${step.generation} is live`;
    case 'deleted':
      return `${step.rows} rows of generation ${step.generation} deleted`;
  }
}

export function differencesText(
  generation: number,
  name: string,
  differences: readonly Difference[],
): string[] {
  const valueText = (value: string | null) =>
    value === null ? 'no such row' : value.slice(0, valueLength);
  return [
    ...differences
      .slice(0, differencesTold)
      .flatMap(({ key, live, built }) => [
        key,
        `  live   ${valueText(live)}`,
        `  built  ${valueText(built)}`,
      ]),
    `${differences.length} rows of generation ${generation} are not those of the live one. Nothing is swapped:`,
    `  npm run projections -- rebuild ${name}  takes what was built`,
    `  npm run projections -- abandon ${name}  gives it up`,
  ];
}
