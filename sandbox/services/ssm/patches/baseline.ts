import { createHash } from 'node:crypto';
import type { ManagedNode } from '../nodes/state.ts';

/** The predefined baseline of the node's platform: its id is made up here, and the same in every account. */
export const baselineIdOf = ({ platform }: ManagedNode): string =>
  `pb-${createHash('sha256').update(platform.name).digest('hex').slice(0, 17)}`;
