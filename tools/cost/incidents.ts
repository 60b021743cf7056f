import { play } from '../../cli/demo/play.ts';
import type { Scenario, Step } from '../../cli/demo/scenario.ts';
import type { Theatre } from '../../cli/demo/theatre.ts';
import type { Artifacts, Sandbox } from '../../sandbox/sandbox.ts';
import { itemsOf } from '../../sandbox/services/dynamodb/state.ts';
import { lambdaState } from '../../sandbox/services/lambda/state.ts';
import { objectsOf } from '../../sandbox/services/s3/buckets.ts';
import { type Execution, statesOf } from '../../sandbox/services/states/store.ts';
import { fromAttributes } from '../../shared/incident/attributeValue.ts';
import { headOf } from '../../shared/incident/head.ts';
import type { Direction, Outcome, Receipt } from '../../shared/incident/items.ts';
import { keys } from '../../shared/incident/keys.ts';
import type { Item } from '../../shared/incident/table.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { readsApartMs } from '../../shared/respond/absence.ts';
import { minus, times, type Usage, usageSoFar } from './usage.ts';

/** A step that contains something: when it was read back as holding, in milliseconds from the delivery of the event. */
export interface Contained {
  readonly action: string;
  /** Nobody is at work on what it contains: it takes as long as it takes (a host installs patches and reboots). */
  readonly canWait: boolean;
  readonly verifiedMs: number;
  /** Of an absence: when it was read first. */
  readonly absentMs: number | null;
}

/** What one incident took in one step of a scenario: from its event (or a person's decision) until the account came to rest. */
export interface PlayedIncident {
  readonly scenario: string;
  /** Title of the scenario's step. */
  readonly step: string;
  /** Such as `ecs-service prod/checkout`. */
  readonly incident: string;
  readonly direction: Direction;
  readonly outcome: Outcome | null;
  readonly runs: number;
  readonly usage: Usage;
  readonly contained: readonly Contained[];
  /** Real processor time of our functions, cold starts and what Node compiles included. */
  readonly cpuMs: number;
}

const silent = { step: <T>(_step: unknown, work: () => Promise<T>) => work(), played: () => undefined };

/** Plays a scenario of the demo and watches each of its steps. Throws when it does not end as it should. */
export async function playIncidents(
  scenario: Scenario,
  artifacts: Artifacts,
  seed = 1,
): Promise<readonly PlayedIncident[]> {
  const seen: PlayedIncident[] = [];
  const watched = (step: Step): Step => ({
    ...step,
    happen: async (theatre) => {
      const before = await lookAt(theatre);
      const lines = await step.happen(theatre);
      seen.push(
        ...between(theatre.sandbox, before, await lookAt(theatre), { scenario: scenario.name, step: step.title }),
      );
      return lines;
    },
  });
  const { failed } = await play({ ...scenario, steps: scenario.steps.map(watched) }, { artifacts, seed }, silent);
  if (failed !== null) throw new Error(`${scenario.name} did not end as it should: ${failed}`);
  return seen;
}

interface Look {
  readonly usage: Usage;
  readonly executions: ReadonlySet<Execution>;
  readonly calls: number;
  readonly cpuMs: number;
}

async function lookAt({ sandbox }: Pick<Theatre, 'sandbox'>): Promise<Look> {
  const { account } = sandbox;
  return {
    usage: usageSoFar(sandbox),
    executions: new Set(statesOf(account).executions.values()),
    calls: account.trail.length,
    cpuMs: await cpuOf(sandbox),
  };
}

/** Of the environments that are still there, without what runs by the clock. */
async function cpuOf({ account }: Sandbox): Promise<number> {
  const functions = [...lambdaState(account).functions.values()];
  const ours = functions.filter(({ settings }) => !/-(guard|sweep)$/.test(settings.name));
  const all = await Promise.all(ours.flatMap(({ warm }) => warm.map(({ worker }) => worker.cpuMs())));
  return all.reduce((sum, one) => sum + one, 0);
}

function between(
  sandbox: Sandbox,
  before: Look,
  after: Look,
  where: Pick<PlayedIncident, 'scenario' | 'step'>,
): readonly PlayedIncident[] {
  const { account, stack } = sandbox;
  const fresh = [...after.executions].filter((one) => !before.executions.has(one));
  const runs = fresh.map(({ inputText }): { incident: string; run: string } => JSON.parse(inputText));
  const byIncident = [...Map.groupBy(runs, ({ incident }) => incident)];
  // What several incidents took together is shared out evenly.
  const usage = times(minus(after.usage, before.usage), 1 / byIncident.length);
  const delivery = account.trail
    .slice(before.calls)
    .find(({ action, principal }) => action === 'sqs:SendMessage' && principal === 'events.amazonaws.com');
  const items = itemsOf(account, stack.outputs['IncidentTableName'] ?? '').map(
    (one): Item => fromAttributes(one) as Item,
  );
  return byIncident.map(([incident, its]) => {
    const own = items.filter(({ pk }) => pk === keys.incident(incident));
    const head = own.find(({ sk }) => sk === 'head');
    if (head === undefined) throw new Error(`${incident} has runs and no head`);
    const { direction, outcome } = headOf(head);
    const names = new Set(its.map(({ run }) => run));
    return {
      ...where,
      incident: shownKey(incident),
      ...{ direction, outcome, runs: its.length, usage },
      contained: delivery === undefined || direction !== 'do' ? [] : containedBy(sandbox, own, names, delivery.at),
      cpuMs: (after.cpuMs - before.cpuMs) / byIncident.length,
    };
  });
}

/** Without account and Region, and of a digest as much as tells it from others. */
const shownKey = (incident: string): string => {
  const [kind = '', , , ...name] = incident.split('/');
  return `${kind} ${name.join('/').replace(/sha256:([0-9a-f]{12})[0-9a-f]+/, '$1')}`;
};

/** The steps of these runs that contain something and hold, from the plans and receipts that they left behind. */
function containedBy(
  { account, stack }: Sandbox,
  items: readonly Item[],
  runs: ReadonlySet<string>,
  deliveredAt: number,
): readonly Contained[] {
  const bodies = new Map(
    objectsOf(account, stack.outputs['EvidenceBucketName'] ?? '').map(({ key, body }) => [key, body]),
  );
  return items.flatMap((item) => {
    const [kind, run = '', round, hash] = String(item['sk']).split('#');
    if (kind !== 'plan' || !runs.has(run)) return [];
    const { steps } = JSON.parse(bodies.get(`bodies/${hash}`)?.toString() ?? '{"steps":[]}') as Plan;
    return steps.flatMap(({ action, facts }, n): readonly Contained[] => {
      const sk = `receipt#${run}#${round}#${String(n).padStart(4, '0')}`;
      const receipt = items.find((one) => one['sk'] === sk) as unknown as Receipt | undefined;
      if (!facts.contains || receipt?.verified?.state !== 'holds') return [];
      const after = (at: string): number => Date.parse(at) - deliveredAt;
      const absentMs = receipt.firstAbsenceAt === undefined ? null : after(receipt.firstAbsenceAt);
      return [{ action, canWait: facts.canWait === true, verifiedMs: after(receipt.verified.at), absentMs }];
    });
  });
}

/** Whether all that was contained can wait. Then it says nothing of how soon somebody is put out. */
export const canWait = ({ contained }: PlayedIncident): boolean => contained.every((one) => one.canWait);

/** From the delivery of the event until the last thing was read back as contained; null where nothing was. */
export const containmentMs = ({ contained }: PlayedIncident): number | null =>
  contained.length === 0 ? null : Math.max(...contained.map(({ verifiedMs }) => verifiedMs));

/** The same, less the time that must lie between the two reads of an absence. */
export const containmentNetMs = (played: PlayedIncident): number | null => {
  const whole = containmentMs(played);
  return whole === null
    ? null
    : whole - readsApartMs * played.contained.filter(({ absentMs }) => absentMs !== null).length;
};
