import { type Drill, openDrill, readDrill } from '../../shared/incident/drills.ts';
import { clientConfig } from '../../shared/platform/sdk/config.ts';
import { plain } from '../../shared/report/text.ts';
import { asked } from '../doctor/asked.ts';
import { checks } from '../doctor/checks.ts';
import { enable, readDetector } from '../doctor/detector.ts';
import { examine, type Looked } from '../doctor/examine.ts';
import type { StageConnection } from '../stage.ts';
import { UsageError } from '../usage.ts';

/** A station of the way, and when it was reached (ISO); null: not in time. */
export interface Station {
  readonly station: 'asked' | 'decided' | 'told';
  readonly at: string | null;
}

export interface Drilled {
  readonly drill: string;
  readonly type: string;
  readonly incident: string | null;
  readonly stations: readonly Station[];
  /** What to do where it did not come through; empty where it did. */
  readonly todo: string;
  /** Where it did not: what `firebreak doctor` calls broken, or could not read. */
  readonly broken: readonly Looked[];
}

const minuteMs = 60_000;
/** GuardDuty tells of a new finding within five minutes; a queue that has to catch up may take as long again. */
const waitsMs = 12 * minuteMs;
const betweenMs = 5_000;
/** For a sample that comes when nobody waits for it any more: it is still a drill. */
const openMs = 30 * minuteMs;

async function makeUp({ config, region }: StageConnection, id: string, type: string): Promise<void> {
  const { CreateSampleFindingsCommand, GuardDutyClient } = await import('@aws-sdk/client-guardduty');
  const client = new GuardDutyClient(clientConfig(config));
  try {
    await asked('guardduty:CreateSampleFindings', () =>
      client.send(new CreateSampleFindingsCommand({ DetectorId: id, FindingTypes: [type] })),
    );
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'BadRequestException') throw error;
    throw new UsageError(`GuardDuty in ${region} makes up no ${plain(type, 100)}: ${plain(error.message, 300)}`);
  }
}

async function detectorIn(connection: StageConnection): Promise<string> {
  const { region } = connection;
  const found = await readDetector(connection);
  if (found === undefined) throw new UsageError(`GuardDuty has no detector in ${region}. ${enable(region)}`);
  if (!found.enabled) throw new UsageError(`Detector ${found.id} in ${region} is suspended: it tells of nothing.`);
  return found.id;
}

/** What a drill is made of: GuardDuty's finding type, who wants it, how to wait (ms) and whom to tell that it has begun. */
export interface Wanted {
  readonly type: string;
  readonly by: string;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly begun?: (sentence: string) => void;
}

/**
 * Has GuardDuty make up a finding, and waits until it was decided and told.
 * @throws UsageError where there is no detector, or GuardDuty makes up no such finding; NotAllowed
 */
export async function holdDrill(connection: StageConnection, { type, by, pause, begun }: Wanted): Promise<Drilled> {
  const { table, clock, newId } = connection.effects;
  const detector = await detectorIn(connection);
  const now = clock.now();
  const at = now.toISOString();
  const drill = { id: newId(), by, at, until: new Date(now.getTime() + openMs).toISOString(), type };
  await openDrill(table, drill);
  await makeUp(connection, detector, type);
  begun?.(
    `GuardDuty in ${connection.region} makes up a ${plain(type, 100)}. It tells within five minutes; waiting for twelve at the most.`,
  );
  const came = await wait(connection, drill.id, pause);
  const stations: readonly Station[] = [
    { station: 'asked', at },
    { station: 'decided', at: came?.decidedAt ?? null },
    { station: 'told', at: came?.toldAt ?? null },
  ];
  return {
    drill: drill.id,
    type,
    incident: came?.incident ?? null,
    stations,
    todo: todo(connection.stage, came),
    broken: await brokenNow(connection, came),
  };
}

/** The drill as it is when it is told, or when nobody waits any more; undefined: somebody has opened another since. */
async function wait(
  { effects: { table } }: StageConnection,
  id: string,
  pause: Wanted['pause'],
): Promise<Drill | undefined> {
  for (let waited = 0; ; waited += betweenMs) {
    const drill = await readDrill(table);
    if (drill?.id !== id) return undefined;
    if (drill.toldAt !== null || waited >= waitsMs) return drill;
    await pause(betweenMs);
  }
}

/** Only where it did not come through: a drill asks nothing that it does not need. */
async function brokenNow(connection: StageConnection, came: Drill | undefined): Promise<readonly Looked[]> {
  if (came === undefined || came.toldAt !== null) return [];
  return (await examine(connection, checks)).filter(({ state }) => state === 'broken' || state === 'unknown');
}

function todo(stage: string, came: Drill | undefined): string {
  if (came === undefined) return 'Somebody has opened another drill since: one at a time.';
  if (came.toldAt !== null) return '';
  if (came.decidedAt !== null)
    return 'It was decided, and not told. See what is broken below; firebreak incidents show says what became of it, and the log of the report function why.';
  return `It did not come as far as the decision. See what is broken below; where nothing is, the dead letters and the logs of intake and decide say more (firebreak doctor --stage ${stage}).`;
}
