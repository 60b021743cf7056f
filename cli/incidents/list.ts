import type { ListedIncident } from '../../shared/incident/listed.ts';
import { at, safe } from './lines.ts';

/** A line for each, newest first; the key last, because it is the longest. */
export const listLines = (incidents: readonly ListedIncident[], now: Date): readonly string[] =>
  incidents.map((one) => {
    const undoing = one.state === 'running' && one.direction === 'undo' ? 'undoing' : one.state;
    const unsent = one.unsent === 0 ? '' : `  ${one.unsent} NOT SENT`;
    const waiting = one.waiting === 0 ? '' : `  ${one.waiting} for working hours or the digest`;
    const asks = one.asks === null ? '' : '  WAITS FOR YOUR APPROVAL';
    const held = (one.heldUntil ?? '') > now.toISOString() ? `  HELD UNTIL ${at(one.heldUntil)}` : '';
    const folded = one.foldedInto === null ? '' : `  told by ${safe(one.foldedInto)}`;
    const tells = one.tells === 0 ? '' : `  tells ${one.tells} more`;
    const lease = one.leaseEnds !== null && one.leaseEnds <= now.toISOString() ? '  ITS LEASE IS OVER' : '';
    const nobody = one.page?.unanswered === true ? '  NOBODY HAS ACKNOWLEDGED IT' : '';
    return `${at(one.openedAt)}  ${undoing.padEnd(7)}  ${(one.outcome ?? '-').padEnd(13)}  ${safe(one.incident)}${held}${asks}${lease}${nobody}${folded}${tells}${waiting}${unsent}`;
  });
