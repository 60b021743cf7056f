import { archiveDays } from '../../../shared/incident/archive.ts';
import { type MissedEvents, missedBetween } from '../../../shared/incident/missedEvents.ts';
import { loadArtifacts } from '../../artifacts.ts';
import { archivedBatches } from '../../events/archived.ts';
import { type Reading, recordedEvents } from '../../events/recorded.ts';
import { routesOf } from '../../explain/routes.ts';
import { replayEnforced } from '../../replay/enforced.ts';
import type { ReplayResult } from '../../replay/result.ts';
import type { ZoneClock } from '../../replay/zone.ts';
import type { StageConnection } from '../../stage.ts';
import type { Candidate } from './candidate.ts';
import { mostLookedUp, type Recorded, recordedOnStage } from './onStage.ts';

/** What is looked back on; the archive keeps `archiveDays`. */
export const lookBackDays = 30;
const dayMs = 86_400_000;
/** AWS's clock may be ahead of this one. */
const evenLater = new Date('9999-12-31T00:00:00Z');

/** What a rule would have done, from both that is known of it. */
export interface WouldHaveDone {
  readonly since: string;
  readonly until: string;
  readonly archive: Readonly<Reading> & { readonly keepsDays: number; readonly missed: readonly MissedEvents[] };
  /** The archive's events under what is in Parameter Store: `a` as it is, `b` with this rule in `enforce`. */
  readonly replay: ReplayResult & { readonly b: NonNullable<ReplayResult['b']> };
  /** Whether the settings let every rule observe: the replay is without that. */
  readonly observeOnly: boolean;
  /** What the stage itself decided of the incidents that differ, with the account read. */
  readonly recorded: { readonly asked: number; readonly incidents: readonly Recorded[] };
}

/** Reads the archive and the incidents of a stage; changes nothing. Throws UsageError, WorldError and what AWS answers. */
export async function wouldHaveDone(
  connection: StageConnection,
  { set, rule }: Pick<Candidate, 'set' | 'rule'>,
  { zone, account }: { readonly zone: ZoneClock; readonly account: string | undefined },
): Promise<WouldHaveDone> {
  const until = connection.effects.clock.now();
  const since = new Date(until.getTime() - lookBackDays * dayMs);
  const reading: Reading = { events: 0, repeated: 0, unreadable: 0 };
  const batches = archivedBatches({ ...connection.config, bucket: connection.bucket }, { since, until: evenLater });
  const { observeOnly } = set.settings;
  const acting = { ...set, settings: { ...set.settings, observeOnly: false } };
  const routes = routesOf(loadArtifacts().template);
  const replay = await replayEnforced(recordedEvents(batches, reading), acting, [rule], {
    ...{ zone, routes, at: until },
    ...(account === undefined ? {} : { account }),
  });
  const incidents = replay.changed.map(({ incident }) => incident);
  const recorded = await recordedOnStage(connection, incidents, { rule, since });
  return {
    since: since.toISOString(),
    until: until.toISOString(),
    archive: {
      ...reading,
      keepsDays: archiveDays,
      missed: await missedBetween(connection.effects.table, since, evenLater),
    },
    replay,
    observeOnly,
    recorded: { asked: Math.min(incidents.length, mostLookedUp), incidents: [...recorded.values()] },
  };
}
