import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { connectStage } from '../../../cli/stage.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { type IncidentRecord, readIncident } from '../../../shared/incident/incidentRecord.ts';
import { type AnswerGiven, type AnswerRequest, answer } from '../../../shared/respond/answer.ts';
import { type UndoAnswer, undo } from '../../../shared/respond/undo.ts';
import { openStage, type Stage, type Told } from '../stage.ts';
import { type ServiceSeen, serviceReaderOf, type TaskSeen } from './seen.ts';
import { deliverThreat, type Given } from './threats.ts';
import { accusedDigest, type Deployed, repositoryOf, shopWorld } from './world.ts';

/** Contains what GuardDuty finds in tasks, by its cause. */
export const containing = `name: containing
when:
  source: [guardduty]
  resource: { kind: [ecs-task, ecs-cluster] }
do:
  - evidence.capture
  - ecs.contain-service: { strategy: by-cause }
  - ecs.stop-task: { only: standalone }
  - ecr.quarantine-image: { when: cause-is-image }
mode: enforce
`;

/** The packaged stack on an account with services, and what a test does to them and reads of them. */
export interface Shop extends AsyncDisposable {
  readonly stage: Stage;
  /** As the administrator's SDK clients show it. */
  service(name: string): Promise<ServiceSeen>;
  /** GuardDuty finds something in a task of a service; the first that runs unless one is given. Answers with the task. */
  find(service: string, given: Partial<Given>): Promise<TaskSeen>;
  /** Lets everything come to rest, sweeps included. */
  settle(): Promise<void>;
  /** What was published about a service since the last time that this was asked. */
  told(): readonly Told[];
  /** The one message since the last time that this was asked. Throws when there is none, or another. */
  onlyTold(): Told;
  undo(incident: string): Promise<UndoAnswer>;
  /** What a person answers to what an incident asks; or is cut off in the middle of it. */
  answer(
    given: Pick<AnswerRequest, 'incident' | 'plan' | 'kind' | 'only'>,
    cutOff?: 'after the record',
  ): Promise<AnswerGiven>;
  /** An administrator stops an execution of the state machine. */
  stop(executionArn: string): Promise<void>;
  /** Lets time pass until something is so, a tenth of a second at a time. */
  until(reached: () => boolean): Promise<void>;
  /** What `firebreak incidents show` shows. */
  show(incident: string): Promise<IncidentRecord>;
}

/** Ten minutes of tenths of a second. */
const mostSteps = 6000;

export const serviceIncident = (name: string): string => `ecs-service/123456789012/us-east-1/prod/${name}`;
export const clusterIncident = 'ecs-cluster/123456789012/us-east-1/prod';

/** Whether the image that a service was deployed with is archived. */
export const isArchived = ({ stage }: Pick<Shop, 'stage'>, name: string): boolean =>
  stage.statuses(repositoryOf(name))[accusedDigest(name)] === 'ARCHIVED';

export interface ShopOptions {
  readonly settings?: string;
  readonly seed?: number;
  readonly rules?: { readonly [name: string]: string };
  /** What the cluster is besides, as in an account file. */
  readonly cluster?: object;
  /** What the account has besides: its roles, for one. */
  readonly account?: object;
  readonly web?: boolean;
}

/** Opens the account: `await using shop = await openShop([{ name: 'cart' }])`. */
export async function openShop(
  services: readonly Deployed[],
  { seed = 1, rules = { containing }, cluster, account: more, settings, web = false }: ShopOptions = {},
): Promise<Shop> {
  const world = shopWorld(services, cluster, more);
  const stage = await openStage({ seed, world, rules, web, ...(settings === undefined ? {} : { settings }) });
  const { account, clock, door } = stage.sandbox;
  const client = { region: account.region, endpoint: door.endpoint, credentials: rootCredentials(account) };
  const connection = await connectStage({
    stage: 'dev',
    region: account.region,
    client,
    clock: { now: () => new Date(clock.now()) },
    newId: () => account.random.uuid(),
  });
  const service = serviceReaderOf(stage.sandbox);
  let heard = 0;
  const told = (): readonly Told[] => {
    const all = stage.told();
    const fresh = all.slice(heard);
    heard = all.length;
    return fresh;
  };
  return {
    stage,
    service,
    find: async (name, given) =>
      deliverThreat(stage, name, { ...given, task: given.task ?? (await service(name)).tasks[0] }),
    settle: async () => {
      await stage.settle();
      await stage.pass(10 * 60);
    },
    told,
    onlyTold: () => {
      const [only, ...more] = told();
      if (only !== undefined && more.length === 0) return only;
      throw new Error(`Not one message: ${[only, ...more].map((one) => one?.subject ?? 'none').join('; ')}`);
    },
    until: async (reached) => {
      for (let step = 0; step < mostSteps && !reached(); step += 1) await stage.pass(0.1);
      if (!reached()) throw new Error('It never came to that');
    },
    undo: (incident) => undo(connection.effects, { incident, by: 'ann', reason: 'a false alarm' }),
    answer: (given, cutOff) => {
      const { effects } = connection;
      const { table } = effects;
      const gone = async () => Promise.reject(new Error('cut off'));
      const cut = cutOff === undefined ? effects : { ...effects, table: { ...table, update: gone } };
      return answer(cut, { ...given, by: 'ann', reason: 'it is so' });
    },
    stop: async (executionArn) => {
      await new SFNClient(client).send(new StopExecutionCommand({ executionArn }));
    },
    show: async (incident) => {
      const record = await readIncident(connection.effects, incident);
      if (record === undefined) throw new Error(`There is no incident ${incident}`);
      return record;
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}
