import { addBusWithQueue, eventsIn } from '../eventbridge/busWithQueue.ts';
import { workloads } from './workloads.ts';

export interface Event {
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: Record<string, unknown>;
}

/** Workloads of which one kind of event is kept. */
export function onBus(detailType: string, options: Parameters<typeof workloads>[0] = {}) {
  const world = workloads(options);
  addBusWithQueue(world.account, { rule: { eventPattern: { source: ['aws.ecs'], 'detail-type': [detailType] } } });
  /** In the order of the time at which they happened. */
  const events = (): readonly Event[] => {
    const all: Event[] = [];
    for (let some = eventsIn(world.account, 'scans'); some.length > 0; some = eventsIn(world.account, 'scans')) {
      all.push(...(some as unknown as Event[]));
    }
    return all.toSorted((a, b) => a.time.localeCompare(b.time));
  };
  return { ...world, events };
}
