import type { Timed } from './clock.ts';

/** Events in the order in which they are due: by time, then by the order in which they were queued. */
export interface EventQueue {
  add(event: Timed): void;
  remove(order: number): void;
  first(): Timed | undefined;
  /** How many events `settle` waits for: all but the background ones. */
  foreground(): number;
  list(): readonly Timed[];
  /** Holds these, and no others. */
  replace(events: readonly Timed[]): void;
}

export function createEventQueue(): EventQueue {
  const events: Timed[] = [];
  const byOrder = new Map<number, Timed>();
  let foreground = 0;

  /** Index of the first event that is not before the given place. */
  function indexOf(at: number, order: number): number {
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = events[middle];
      if (event && (event.at < at || (event.at === at && event.order < order))) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function add(event: Timed): void {
    events.splice(indexOf(event.at, event.order), 0, event);
    byOrder.set(event.order, event);
    if (!event.background) foreground += 1;
  }

  return {
    add,
    remove(order) {
      const event = byOrder.get(order);
      if (!event) return;
      byOrder.delete(order);
      events.splice(indexOf(event.at, order), 1);
      if (!event.background) foreground -= 1;
    },
    first: () => events[0],
    foreground: () => foreground,
    list: () => [...events],
    replace(others) {
      events.length = 0;
      byOrder.clear();
      foreground = 0;
      for (const event of others) add(event);
    },
  };
}
