import { type Sample, sampleEvent } from './sampleEvent.ts';
import { merged, type Tree } from './threatEvent.ts';

/** `events/<name>.json` with changes within its detail. */
export function configEvent(name: string, changes: Tree = {}): Sample {
  const event = sampleEvent(name);
  return { ...event, detail: merged(event.detail, changes) };
}

/** A rule's word on a resource of a type, where nothing else of the event matters. */
export const onResourceOf = (resourceType: unknown, resourceId: unknown): Sample =>
  configEvent('config-task-definition', { resourceType, resourceId });
