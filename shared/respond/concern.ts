import { targetKey } from '../actions/contract.ts';
import type { Finding, Said } from '../finding/finding.ts';
import { incidentKey } from '../finding/incidentKey.ts';
import type { StandingChange, TargetRecord } from '../incident/items.ts';
import { meetingOf, readTarget } from '../incident/targets.ts';
import type { JsonObject } from '../platform/json.ts';
import type { Effects } from './effects.ts';

/** To which incidents a finding belongs; or why to none. */
export type Concern =
  | { readonly kind: 'incidents'; readonly incidents: readonly string[] }
  | { readonly kind: 'nobody'; readonly reason: string };

const nobody = (reason: string): Concern => ({ kind: 'nobody', reason });

/**
 * Promise 11. What accuses belongs to the incident of its own resource. What only says how something is belongs to whoever needs it
 * otherwise, by the records of the target itself and of the one that it was changed together with: what they intend, say or are putting back is our
 * own doing, and what nothing of ours stands on is nobody's. Strongly consistent reads by key; throws what the table throws.
 */
export async function concernOf({ table }: Pick<Effects, 'table'>, finding: Finding): Promise<Concern> {
  const { says, resource, account, region } = finding;
  if (says === undefined) return { kind: 'incidents', incidents: [incidentKey(finding)] };
  const key = targetKey({ ...resource, account, region });
  const own = await readTarget(table, key);
  const met = await meetingOf(table, key);
  const records = [own, met?.target === key ? undefined : met].filter((record) => record !== undefined);
  const standing = records.flatMap((record) =>
    record.changes
      .filter(({ intended }) => partOf(intended, says) !== undefined)
      .map((change) => ({ record, change, ours: ourDoing(change, says, finding.observedAt) })),
  );
  const against = standing.filter(({ ours }) => ours === undefined);
  if (against.length > 0) return { kind: 'incidents', incidents: [...new Set(against.map(neededBy))] };
  return nobody(standing[0]?.ours ?? nothingStands(records, resource.id));
}

const partOf = (fields: JsonObject, { field, part }: Said): unknown => {
  const value = fields[field];
  return typeof value === 'object' && value !== null && Object.hasOwn(value, part)
    ? (value as { readonly [part: string]: unknown })[part]
    : undefined;
};

/** Events give whole seconds: what is told of may have happened at the end of its second. */
const secondMs = 1000;

/** Why what an event says is not against a change that stands; undefined where it is. */
function ourDoing(change: StandingChange, says: Said, observedAt: string): string | undefined {
  const { intended, undoingBy, startedBy, startedAt } = change;
  if (undoingBy !== undefined) return `run ${undoingBy} is putting back what was changed there: our own doing`;
  if (partOf(intended, says) === says.value) {
    return `it says what run ${startedBy.run} of incident ${startedBy.incident} intends: our own doing`;
  }
  // What was so before we began, Verify has read otherwise since, or is about to.
  const before = Date.parse(observedAt) + secondMs <= Date.parse(startedAt);
  return before
    ? `it is from before ${startedAt}, when incident ${startedBy.incident} began to change that`
    : undefined;
}

/** One of those who need it is enough: it tells, and the others have joined it. */
const neededBy = ({ record, change }: { readonly record: TargetRecord; readonly change: StandingChange }): string =>
  record.owner?.incident ?? record.interested[0] ?? change.startedBy.incident;

function nothingStands(records: readonly TargetRecord[], id: string): string {
  const undone = records.flatMap((record) => record.undone ?? [])[0];
  return undone === undefined
    ? `no containment of ours concerns ${id}`
    : `no containment of ours concerns ${id} any more: ${undone.by} had it put back (undo of ${undone.incident}, decided ${undone.at})`;
}
