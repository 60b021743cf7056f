import { scenarios } from '../../cli/demo/command.ts';
import type { Artifacts } from '../../sandbox/sandbox.ts';
import type { Template } from '../../sandbox/template/deploy.ts';
import { type EventKinds, playEventKinds, playIdleHour } from './eventKinds.ts';
import { type PlayedIncident, playIncidents } from './incidents.ts';
import type { Usage } from './usage.ts';

/** All that is counted: every incident of the demo but those of a whole day, one event of each kind, an hour of nothing. */
export interface Counted {
  readonly incidents: readonly PlayedIncident[];
  readonly kinds: EventKinds;
  readonly idleHour: Usage;
  readonly template: Template;
}

/** The scenarios of which each incident can be counted. */
export const countedScenarios = scenarios.filter(({ isWholeDay }) => isWholeDay !== true);

/** Incidents of these scenarios of the demo, in its order. */
export async function playDemo(artifacts: Artifacts): Promise<readonly PlayedIncident[]> {
  const all: PlayedIncident[] = [];
  for (const scenario of countedScenarios) all.push(...(await playIncidents(scenario, artifacts)));
  return all;
}

export const count = async (artifacts: Artifacts): Promise<Counted> => ({
  incidents: await playDemo(artifacts),
  kinds: await playEventKinds(artifacts),
  idleHour: await playIdleHour(artifacts),
  template: artifacts.template,
});
