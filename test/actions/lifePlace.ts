import type { ResourceKind } from '../../shared/finding/resource.ts';
import { caseOf, casePlace } from './actionCase.ts';
import { everything, placeOf } from './embeddedPlace.ts';
import type { SentPlace } from './life.ts';
import { mockedPlace } from './mockedPlace.ts';

/** A workload answers back, and has written lines: its scheduler replaces, its deployments roll, a host installs and reboots. Only the embedded account does that. */
const alive: readonly ResourceKind[] = ['ecs-task', 'ecs-service', 'instance', 'function', 'pod'];

/** Where an action is taken through its life with all permissions, and what it sends is noted. */
export const lifePlace = async (kind: ResourceKind, action: string, way = 0): Promise<SentPlace> =>
  alive.includes(kind) || caseOf(action)?.target(casePlace).kind === kind
    ? placeOf(action, kind, everything, way)
    : mockedPlace(kind);
