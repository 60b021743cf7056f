import { decidingFaults } from './decidingFaults.ts';
import { machineryFaults } from './machineryFaults.ts';
import type { Fault } from './planted.ts';
import { watchingFaults } from './watchingFaults.ts';

/** Everything that can be out of order, one by one. */
export const faults: readonly Fault[] = [...watchingFaults, ...machineryFaults, ...decidingFaults];
