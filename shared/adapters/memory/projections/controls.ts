import { firstControl, type ProjectionControl } from '../../../domain/projection/control.ts';
import type { ProjectionName } from '../../../domain/projection/names.ts';
import type {
  ProjectionControls,
  ReadGenerations,
} from '../../../ports/projections/projections.ts';

/** What is on record of projections, in memory. */
export function memoryProjectionControls(): ProjectionControls {
  const all = new Map<ProjectionName, ProjectionControl>();
  const read = (name: ProjectionName) => all.get(name) ?? firstControl(name);
  return {
    read: async (name) => read(name),
    write: async (control) => {
      if (read(control.name).revision !== control.revision - 1) {
        return false;
      }
      all.set(control.name, control);
      return true;
    },
  };
}

/** Where nobody builds generations there is the first alone. */
export const firstGeneration: ReadGenerations = async () => ({
  live: 1,
  beside: [],
});
