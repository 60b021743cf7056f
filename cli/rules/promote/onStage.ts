import { targetKey } from '../../../shared/actions/contract.ts';
import type { PlanRef } from '../../../shared/incident/items.ts';
import { keys } from '../../../shared/incident/keys.ts';
import type { Decision, Plan } from '../../../shared/plan/plan.ts';
import type { StageConnection } from '../../stage.ts';

/** What a stage really decided about an incident, with the account read as it was then. */
export interface Recorded {
  readonly incident: string;
  readonly at: string;
  readonly decision: Decision;
  readonly reason: string;
  /** By action, its targets: of what it would have done, or of what another rule let it do. */
  readonly would: Readonly<Record<string, readonly string[]>>;
  readonly notDone: readonly string[];
}

/** So many incidents are looked up, the weightiest first. */
export const mostLookedUp = 200;
const atOnce = 8;

function byAction({ proposed, steps }: Plan): Recorded['would'] {
  const first = [...steps, ...proposed].filter(({ part }) => part === undefined);
  const grouped = Map.groupBy(first, ({ action }) => action);
  return Object.fromEntries(
    [...grouped].map(([action, some]) => [action, [...new Set(some.map(({ target }) => targetKey(target)))].sort()]),
  );
}

/** The latest plan of an incident that a rule took part in, decided from `since` on; undefined without any. */
async function recordedOf(
  { table, bodies }: StageConnection['effects'],
  incident: string,
  { rule, since }: { readonly rule: string; readonly since: Date },
): Promise<Recorded | undefined> {
  const from = since.toISOString();
  // Decide wrote them: below this prefix lies nothing else.
  const refs = (await table.query(keys.incident(incident), 'plan#')) as unknown as readonly PlanRef[];
  const recent = refs.filter(({ at, direction }) => at >= from && direction === 'do');
  for (const { hash, at } of recent.toSorted((a, b) => (a.at < b.at ? 1 : -1))) {
    const plan = JSON.parse(await bodies.get(hash)) as Plan;
    if (!plan.rules.includes(rule)) continue;
    const { decision, reason, notDone } = plan;
    return { incident, at, decision, reason, would: byAction(plan), notDone };
  }
  return undefined;
}

/** What the stage decided of these incidents, by incident; those that it has no plan of are left out. Throws what AWS answers. */
export async function recordedOnStage(
  { effects }: StageConnection,
  incidents: readonly string[],
  about: { readonly rule: string; readonly since: Date },
): Promise<ReadonlyMap<string, Recorded>> {
  const found = new Map<string, Recorded>();
  const asked = incidents.slice(0, mostLookedUp);
  for (let from = 0; from < asked.length; from += atOnce) {
    const some = asked.slice(from, from + atOnce).map((incident) => recordedOf(effects, incident, about));
    for (const one of await Promise.all(some)) if (one !== undefined) found.set(one.incident, one);
  }
  return found;
}
