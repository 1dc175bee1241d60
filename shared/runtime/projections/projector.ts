import type { ProjectionName } from '../../domain/projection/names.ts';
import type { ProjectionRows, ReadGenerations } from '../../ports/projections/projections.ts';
import { measureLag } from '../observability.ts';

/** What of an event is measured: every read model is of payments. */
interface ProjectedEvent {
  readonly time: string;
  readonly subject: string;
  readonly correlation_id: string;
}

interface ProjectorDependencies<Event> {
  readonly name: ProjectionName;
  readonly generations: ReadGenerations;
  readonly project: ProjectionRows<Event>['project'];
  /** RFC 3339, UTC. */
  readonly now: () => string;
}

/**
 * Keeps a projection:
 * 1. take the event into each generation, the newest first
 * 2. where it was new to the live one, measure how long it took to come there
 *
 * The newest first, because readers go over from the older to the newer one: what they have seen in the
 * one must be in the other.
 */
export function projector<Event>({
  name,
  generations,
  project,
  now,
}: ProjectorDependencies<Event>) {
  return async (event: Event & ProjectedEvent): Promise<void> => {
    const { live, beside } = await generations(name);
    let isNew = false;
    for (const generation of [live, ...beside].sort((a, b) => b - a)) {
      const fresh = await project(event, generation);
      isNew ||= fresh && generation === live;
    }
    if (isNew) {
      measureLag(name, Date.parse(now()) - Date.parse(event.time), {
        payment_id: event.subject,
        correlation_id: event.correlation_id,
      });
    }
  };
}
