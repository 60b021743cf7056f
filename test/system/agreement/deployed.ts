import { join } from 'node:path';
import { loadArtifacts } from '../../../cli/artifacts.ts';
import { readRuleFolder, readWorldFile } from '../../../cli/files.ts';
import { withoutCanary, withoutConsole } from '../../../cli/playedTemplate.ts';
import { putRules } from '../../../cli/putRules.ts';
import { connectStage, type StageConnection } from '../../../cli/stage.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { openSandbox } from '../../../sandbox/sandbox.ts';
import { putRawEvent } from '../../../sandbox/services/eventbridge/bus.ts';
import { type IncidentRecord, readIncident } from '../../../shared/incident/incidentRecord.ts';
import { readRecord } from '../../../shared/incident/records.ts';
import type { JsonObject } from '../../../shared/platform/json.ts';

export const account = join(import.meta.dirname, 'agreement.account.yaml');
export const rules = join(import.meta.dirname, 'rules');

/** What explain and the deployed stack must say alike. */
export interface Said {
  readonly decision: string;
  readonly incident: string | null;
  readonly sentences: readonly string[];
  readonly tier: string;
  readonly subject: string;
}

/** What became of one event in the deployed stack. */
export interface Became {
  /** Of its record; undefined when it never came. */
  readonly result: string | undefined;
  readonly reason: string | undefined;
  /** By incident. */
  readonly said: { readonly [incident: string]: Said };
}

export const silence = { incident: null, sentences: [], tier: 'none', subject: '' } as const;

function saidOf({ incident, plan, messages }: IncidentRecord): Said {
  if (plan === null || plan.decision === 'ignore') return { decision: 'ignore', ...silence };
  const { decision, steps, proposed } = plan;
  const sentences = [...steps, ...(decision === 'contain' ? [] : proposed)].map(({ sentence }) => sentence);
  const [message, ...more] = messages;
  if (more.length > 0) throw new Error(`${messages.length} messages about ${incident}`);
  return { decision, incident, sentences, tier: message?.tier ?? 'none', subject: message?.subject ?? '' };
}

async function becameOf({ effects }: StageConnection, event: JsonObject): Promise<Became> {
  const record = await readRecord(effects.table, String(event['id']));
  const incidents = record?.incidents ?? (record?.incident === undefined ? [] : [record.incident]);
  const said: { [incident: string]: Said } = {};
  for (const incident of incidents) {
    const kept = await readIncident(effects, incident);
    if (kept !== undefined) said[incident] = saidOf(kept);
  }
  return { result: record?.result, reason: record?.reason, said };
}

/** Delivers events to one deployed stack, lets everything happen, and reads what became of each. */
export async function deployedOn(
  events: readonly JsonObject[],
): Promise<{ readonly at: Date; readonly became: readonly Became[] }> {
  const artifacts = loadArtifacts();
  const sandbox = await openSandbox(
    { ...artifacts, template: withoutConsole(withoutCanary(artifacts.template)) },
    { world: readWorldFile(account) },
  );
  try {
    const { account: embedded, clock, door } = sandbox;
    putRules(embedded, 'dev', readRuleFolder(rules));
    await clock.advance(61_000);
    const at = new Date(clock.now());
    // One after the other: all at once would start a worker for each, which costs more than all the rest.
    for (const event of events) {
      putRawEvent(embedded, event);
      await clock.settle();
    }
    const client = { region: embedded.region, endpoint: door.endpoint, credentials: rootCredentials(embedded) };
    const stage = await connectStage({ stage: 'dev', client });
    const became: Became[] = [];
    for (const event of events) became.push(await becameOf(stage, event));
    return { at, became };
  } finally {
    await sandbox.close();
  }
}
