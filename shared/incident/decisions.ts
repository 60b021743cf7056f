import type { JsonObject } from '../platform/json.ts';
import type { PersonDecision } from './items.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** Puts what a person decided about a run, unless somebody has decided already. False: somebody has. */
export async function putDecision(table: Table, incident: string, decision: PersonDecision): Promise<boolean> {
  // A decision is JSON; an interface has no index signature that would say so.
  return table.putIfAbsent({ ...(decision as unknown as JsonObject), ...keys.decision(incident, decision.run) });
}

/** The last that a person decided about any run of an incident. */
export async function lastDecision(table: Table, incident: string): Promise<PersonDecision | undefined> {
  const { pk, sk } = keys.decision(incident, '');
  // Only `putDecision` writes under these keys.
  const decisions = (await table.query(pk, sk)) as unknown as readonly PersonDecision[];
  return decisions.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
}

export async function decisionAbout(table: Table, incident: string, run: string): Promise<PersonDecision | undefined> {
  const item = await table.get(keys.decision(incident, run));
  return item as unknown as PersonDecision | undefined;
}
