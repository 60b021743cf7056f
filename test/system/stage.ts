import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotAsTold } from '../../cli/demo/scenario.ts';
import { withoutCanary, withoutConsole } from '../../cli/playedTemplate.ts';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { itemsOf } from '../../sandbox/services/dynamodb/state.ts';
import { repositories } from '../../sandbox/services/ecr/state.ts';
import { putRawEvent } from '../../sandbox/services/eventbridge/bus.ts';
import { messagesOf } from '../../sandbox/services/sns/topics.ts';
import { type Queue, queueByArn } from '../../sandbox/services/sqs/state.ts';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { type Execution, statesOf } from '../../sandbox/services/states/store.ts';
import type { Template } from '../../sandbox/template/deploy.ts';
import { readWorld } from '../../sandbox/world/read.ts';
import type { World } from '../../sandbox/world/schema.ts';
import { fromAttributes } from '../../shared/incident/attributeValue.ts';
import { dynamoTable } from '../../shared/incident/dynamoTable.ts';
import { headOf } from '../../shared/incident/head.ts';
import type { EventRecord, Head, Receipt } from '../../shared/incident/items.ts';
import type { Item } from '../../shared/incident/table.ts';
import { askedIn } from '../../shared/plan/stop.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { machineRuns } from '../../shared/platform/runs.ts';
import { DynamoDBClient } from '../../shared/platform/sdk/dynamodb.ts';
import { type AnswerGiven, answer } from '../../shared/respond/answer.ts';
import { type UndoAnswer, undo } from '../../shared/respond/undo.ts';
import { enforcing, type Image, incidentOf, type Scan, scanEvent } from './scan.ts';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '..', '..', 'dist');

/** What `npm run build` made. */
export const packaged: Template = JSON.parse(readFileSync(join(dist, 'template.json'), 'utf8'));
export const bundles = join(dist, 'bundles');

const worldFile = join(here, 'payments.account.yaml');
const payments = readWorld(readFileSync(worldFile, 'utf8'), worldFile);

export interface Told {
  readonly tier: string;
  readonly subject: string;
  readonly body: string;
}

/** The packaged stack on the embedded account, and what a test does to it and reads of it. */
export interface Stage extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly account: Sandbox['account'];
  settle(): Promise<void>;
  pass(seconds: number): Promise<void>;
  /** Onto the bus, so many times. */
  deliver(envelope: JsonObject, times?: number): void;
  /** A scan with twelve critical vulnerabilities, now. Answers with the envelope. */
  scan(image: Image, scan?: Partial<Scan>, times?: number): JsonObject;
  /** Of the incident of an image, or of the one with this key. */
  undo(what: Image | string): Promise<UndoAnswer>;
  /** A person says yes to what the incident of an image, or the one with this key, asks. */
  approve(what: Image | string): Promise<AnswerGiven>;
  table(): readonly Item[];
  head(image: Image): Head;
  heads(): readonly Head[];
  records(): readonly EventRecord[];
  receipts(): readonly (Receipt & Item)[];
  /** Everything that was published, alarms too. */
  told(): readonly Told[];
  executions(): readonly Execution[];
  /** The queue of this logical id. */
  queue(logicalId: string): Queue;
  /** Digest -> status of every image of a repository. */
  statuses(repository: string): { readonly [digest: string]: string };
  /** Calls that came through, from the account's trail: `ecr:UpdateImageStorageClass`. */
  calls(action: string, result?: string): number;
}

export interface StageOptions {
  readonly seed?: number;
  readonly template?: Template;
  /** Folder of the functions' bundles; what was packaged without it. */
  readonly code?: string;
  /** What the account holds; payments.account.yaml without it. */
  readonly world?: World;
  /** The account's first moment; the sandbox's own without it. */
  readonly startAt?: Date;
  /** Name -> text, put into Parameter Store and published before the stage is handed out; none: the shipped pack. */
  readonly rules?: { readonly [name: string]: string };
  /** Published with the rules; none: as the settings are without. */
  readonly settings?: string;
  /** Whether the canary comes, too, as it does where it is deployed: most tests count messages, events and runs. */
  readonly canary?: boolean;
  /** Whether it has the console, which a deployment has only where it asks for it. */
  readonly web?: boolean;
}

/** Opens an account of its own with the rules published: `await using stage = await openStage()`. */
export async function openStage({
  seed = 1,
  template = packaged,
  code = bundles,
  world = payments,
  startAt,
  rules = { enforcing },
  settings,
  canary = false,
  web = false,
}: StageOptions = {}): Promise<Stage> {
  const sandbox = await openSandbox(
    { template: played(template, { canary, web }), bundles: code },
    { world, seed, ...(startAt === undefined ? {} : { startAt }) },
  );
  const stage = stageOf(sandbox);
  try {
    for (const [name, value] of Object.entries(rules)) {
      putParameter(sandbox.account, { name: `/firebreak/dev/rules/${name}`, value });
    }
    if (settings !== undefined) putParameter(sandbox.account, { name: '/firebreak/dev/settings', value: settings });
    await stage.pass(61);
    return stage;
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

const played = (template: Template, { canary, web }: { readonly canary: boolean; readonly web: boolean }): Template => {
  const some = canary ? template : withoutCanary(template);
  return web ? some : withoutConsole(some);
};

function stageOf(sandbox: Sandbox): Stage {
  const { account, clock, stack } = sandbox;
  const tableName = stack.outputs['IncidentTableName'] ?? '';
  const table = (): readonly Item[] => itemsOf(account, tableName).map((item) => fromAttributes(item as never) as Item);
  const itemsWith = (sk: string): readonly Item[] =>
    table().filter((item) => item.sk === sk || item.sk.startsWith(`${sk}#`));
  const heads = (): readonly Head[] => itemsWith('head').map(headOf);
  const deliver = (envelope: JsonObject, times = 1): void => {
    for (let n = 0; n < times; n += 1) putRawEvent(account, envelope);
  };
  return {
    sandbox,
    account,
    settle: () => clock.settle(),
    pass: (seconds) => clock.advance(seconds * 1000),
    deliver,
    scan: (image, scan = {}, times = 1) => {
      const envelope = scanEvent({ image, id: account.random.uuid(), time: new Date(clock.now()), ...scan });
      deliver(envelope, times);
      return envelope;
    },
    undo: (what) =>
      undo(personEffects(sandbox, tableName), {
        incident: typeof what === 'string' ? what : incidentOf(what),
        by: 'ann',
        reason: 'a false alarm',
      }),
    approve: (what) => {
      const incident = typeof what === 'string' ? what : incidentOf(what);
      const asked = heads().find((head) => head.incident === incident)?.stops;
      const plan = askedIn(asked ?? null)?.of ?? 'nothing';
      const given = { incident, plan, kind: 'approve', by: 'ann', reason: 'it is so' } as const;
      return answer(personEffects(sandbox, tableName), given);
    },
    table,
    heads,
    head: (image) => {
      const head = heads().find(({ incident }) => incident === incidentOf(image));
      if (head === undefined) throw new NotAsTold(`there is no incident of ${image.repository}`);
      return head;
    },
    records: () => itemsWith('record') as unknown as readonly EventRecord[],
    receipts: () => itemsWith('receipt') as unknown as readonly (Receipt & Item)[],
    told: () =>
      messagesOf(account).map(({ topicArn, subject, message }) => ({
        tier: topicArn.slice(topicArn.lastIndexOf('-') + 1),
        subject: subject ?? '',
        body: message,
      })),
    queue: (logicalId) => queueByArn(account, stack.resources.get(logicalId)?.attributes['Arn'] ?? logicalId),
    executions: () => [...statesOf(account).executions.values()],
    statuses: (repository) =>
      Object.fromEntries(
        [...(repositories(account).get(repository)?.images.values() ?? [])].map(({ digest, status }) => [
          digest,
          status,
        ]),
      ),
    calls: (action, result = 'ok') =>
      account.trail.filter((entry) => entry.action === action && entry.result === result).length,
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

/** What the commands do with an administrator's credentials. */
function personEffects({ account, clock, door, stack }: Sandbox, tableName: string): Parameters<typeof undo>[0] {
  const client = { region: account.region, endpoint: door.endpoint, credentials: rootCredentials(account) };
  return {
    table: dynamoTable(new DynamoDBClient(client), tableName),
    executions: machineRuns({ ...client, stateMachineArn: stack.outputs['StateMachineArn'] ?? '' }),
    clock: { now: () => new Date(clock.now()) },
    newId: () => account.random.uuid(),
    log: () => undefined,
    stage: 'dev',
  };
}
