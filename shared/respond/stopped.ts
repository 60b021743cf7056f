import type { Stop } from '../plan/stop.ts';

/** A change that must not be made now. No answer of AWS: whatever a step makes of those, it does not go on after this. */
export class Stopped extends Error {
  readonly stops: readonly Stop[];
  constructor(stops: readonly Stop[]) {
    super(stops.map(({ why }) => why).join(' '));
    this.name = 'Stopped';
    this.stops = stops;
  }
}
