import { sqsState } from '../../sandbox/services/sqs/state.ts';
import { statesOf } from '../../sandbox/services/states/store.ts';
import type { StandingChange } from '../../shared/incident/items.ts';
import type { Stage } from '../system/stage.ts';
import { type Baseline, type Ground, told } from './ground.ts';
import type { Play } from './play.ts';
import { type Truth, truthOf } from './truth.ts';

/** Outcomes that say that nothing is left to be done. */
const GOOD: ReadonlySet<string> = new Set(['contained', 'degraded', 'undone', 'joined', 'observed']);

/** What does not hold of design.md's promises once a play has come to rest; nothing when all of them do. */
export function brokenPromises(
  { stage, delivered, baselines, everTold }: Ground,
  play: Play,
  baseline: Baseline,
): readonly string[] {
  const truth = truthOf(stage.account);
  const origin = baselines.get(play.after ?? play.name) ?? baseline;
  return [
    ...nothingRuns(stage),
    ...diedAndPaged(stage),
    ...startedOnce(stage),
    ...recordedOnce(stage, delivered()),
    ...containedOrPaged(stage, play, truth),
    ...toldOnce(stage, told({ told: everTold })),
    ...changedOnlyWhatItMay(play, baseline, truth),
    ...hostPromises(stage, baseline, truth),
    ...savedBefore(stage, origin),
    ...standsAsUsual(stage, play, truth),
  ];
}

/** No head stays running, nothing stays unsent. */
function nothingRuns(stage: Stage): readonly string[] {
  const heads = stage.heads();
  const executions = [...statesOf(stage.account).executions.values()];
  return [
    ...heads
      .filter(({ state }) => state === 'running')
      .map(({ incident }) => `the head of ${incident} is still running`),
    ...heads
      .filter(({ outbox }) => outbox.length > 0)
      .map(({ incident }) => `${incident} has messages that were never sent`),
    ...executions
      .filter(({ status }) => status === 'RUNNING')
      .map(({ name }) => `the execution ${name} is still running`),
  ];
}

/** Promise 2: a run has one execution, however often it is asked for. */
function startedOnce(stage: Stage): readonly string[] {
  const inputs = [...statesOf(stage.account).executions.values()].map(({ inputText }) => inputText);
  const twice = new Set(inputs.filter((input, at) => inputs.indexOf(input) !== at));
  return [...twice].map((input) => `more than one execution has the input ${input}`);
}

/** After so many dead runs in a row the incident is held (protocol 2). No play brings a finding between them. */
const MOST_DEAD = 2;

/** A run that the machinery could not finish has woken somebody, and is not tried again without end. */
function diedAndPaged(stage: Stage): readonly string[] {
  const died = [...statesOf(stage.account).executions.values()].filter(({ status }) => status !== 'SUCCEEDED');
  const paged = stage.told().some(({ tier }) => tier === 'page');
  return [
    ...(died.length > 0 && !paged ? [`${died.length} runs died, and nobody was paged`] : []),
    ...(died.length > MOST_DEAD ? [`${died.length} runs died, and the incident is held after ${MOST_DEAD}`] : []),
  ];
}

/** Promise 1: one record for each delivered event, or its dead letter, which alarms. */
function recordedOnce(stage: Stage, ids: readonly string[]): readonly string[] {
  const records = stage.records();
  const dead = deadLetters(stage);
  const alarmed = stage.told().some(({ subject }) => subject.startsWith('ALARM'));
  return ids.flatMap((id) => {
    const count = records.filter((record) => record.id === id).length;
    const [record] = records.filter((one) => one.id === id);
    if (count === 1)
      return record?.result === 'accepted' ? [] : [`the record of the event ${id} says ${record?.result}`];
    if (count > 1) return [`the event ${id} has ${count} records`];
    if (!dead.some((body) => body.includes(id))) return [`the event ${id} has no record and is no dead letter`];
    return alarmed ? [] : [`the event ${id} is a dead letter, and nothing alarms`];
  });
}

export const isDeadLetters = (queue: string): boolean => /DeadLetters|Undelivered/.test(queue);

const deadLetters = (stage: Stage): readonly string[] =>
  [...sqsState(stage.account).queues.values()]
    .filter(({ name }) => isDeadLetters(name))
    .flatMap(({ messages }) => [...messages.values()].map(({ body }) => body));

/** The outcome of the incident: of its last run, or of the one before where there was nothing left to do for the last. Null when there is none. */
export function cameTo(stage: Stage, { incident: key, takenBack }: Play): string | null {
  const outcome = stage.heads().find(({ incident }) => incident === key)?.outcome ?? null;
  if (takenBack !== true || outcome !== 'ignored') return outcome;
  const outcomes = stage
    .executions()
    .filter(({ status, inputText }) => status === 'SUCCEEDED' && inputText.includes(key ?? ''))
    .map(({ outputText = '{}' }) => (JSON.parse(outputText) as { readonly outcome?: string | null }).outcome);
  return outcomes.findLast((one) => typeof one === 'string' && one !== 'ignored') ?? outcome;
}

/** Contained and told, or not contained and paged: never neither, and never "contained" that is not. */
function containedOrPaged(stage: Stage, play: Play, truth: Truth): readonly string[] {
  const head = stage.heads().find(({ incident }) => incident === play.incident);
  const messages = told(stage);
  const paged = stage.told().some(({ tier }) => tier === 'page');
  if (head === undefined) return paged ? [] : ['there is no incident, and nobody was paged'];
  const outcome = cameTo(stage, play);
  if ((outcome === 'degraded' || outcome === 'held') && play.fixed !== undefined)
    return toldOfTheRest(stage, play.fixed(truth));
  if (outcome !== null && GOOD.has(outcome)) {
    const broken = play.done(truth) ? [] : [`the outcome is ${outcome}, and it is not so`];
    return messages.length > 0 ? broken : [...broken, `the outcome is ${outcome}, and nobody was told`];
  }
  return paged ? [] : [`the outcome is ${outcome}, and nobody was paged`];
}

/** What can wait is degraded also where it is not fixed; then the message says that, and no digest hides it. */
function toldOfTheRest(stage: Stage, isFixed: boolean): readonly string[] {
  const heard = told(stage).filter(({ tier }) => tier !== 'digest');
  if (heard.length === 0) return ['it is not fixed, and nobody was told but in the digest'];
  const isSaid = heard.some(({ subject }) => / NOT fixed|could not finish| held|waits for your approval/.test(subject));
  return isFixed || isSaid ? [] : ['it is not fixed, and nobody was told so'];
}

/** `NO ACTION: rule edit refused, Firebreak dev`; the subject of an incident's message ends with its account. */
const isOfRules = (subject: string): boolean => /, Firebreak [a-z0-9-]+$/i.test(subject);

/** Promise 6: a message of an incident may come twice, and then it has the same words; each has its place in the record. */
function toldOnce(stage: Stage, messages: ReturnType<typeof told>): readonly string[] {
  const kept = stage.table().filter(({ sk }) => sk.startsWith('message#'));
  const heard = messages.filter(({ subject }) => !subject.startsWith('GET UP: Firebreak could not finish'));
  const bodiesOf = (ofRules: boolean) =>
    new Set(heard.filter(({ subject }) => isOfRules(subject) === ofRules).map(({ body }) => body));
  // What the owner of the rules is told stands in the status, and has the same words when it comes twice.
  if (bodiesOf(true).size > 1) return [`${bodiesOf(true).size} different notices of one edit went out`];
  const distinct = bodiesOf(false);
  return distinct.size > kept.length
    ? [`${distinct.size} different messages went out, and ${kept.length} are on record`]
    : [];
}

function changedOnlyWhatItMay(
  { mayChange }: Play,
  { before, after: usual }: Baseline,
  truth: Truth,
): readonly string[] {
  const images = Object.entries(truth.images)
    .filter(([digest, status]) => before.images[digest] !== status && !mayChange.images?.includes(digest))
    .map(([digest, status]) => `the image ${digest} became ${status}`);
  const services = Object.entries(truth.services)
    .filter(([name]) => !mayChange.services?.includes(name))
    .filter(([name, service]) => JSON.stringify(before.services[name]) !== JSON.stringify(service))
    .map(([name]) => `the service ${name} was changed`);
  const stopped = truth.stoppedByRequest.filter(
    (id) => !usual.stoppedByRequest.includes(id) && Object.hasOwn(before.tasks, id),
  );
  const registered = truth.registered.length - Math.max(before.registered.length, usual.registered.length);
  const hosts = Object.entries(truth.hosts)
    .filter(([id, host]) => !mayChange.hosts?.includes(id) && JSON.stringify(before.hosts[id]) !== JSON.stringify(host))
    .map(([id]) => `the host ${id} was changed`);
  const settings = Object.entries(truth.settings)
    .filter(([of, value]) => before.settings[of] !== value && !mayChange.settings?.includes(of))
    .map(([of, value]) => `${of} became ${value}`);
  return [
    ...images,
    ...services,
    ...hosts,
    ...settings,
    ...stopped.map((id) => `the task ${id} was stopped`),
    ...(registered > 0
      ? [`${truth.registered.length} definitions were registered: ${truth.registered.join(', ')}`]
      : []),
  ];
}

/** SendCommand is not idempotent; and a host that takes no tasks costs capacity, which nobody sees who is not told. */
function hostPromises(stage: Stage, { before }: Baseline, { hosts }: Truth): readonly string[] {
  const isTold = told(stage).some(({ tier }) => tier !== 'digest');
  const undoable = changesIn(stage).filter(({ step }) => step.undo.possible);
  const stands = new Set(undoable.map(({ step }) => step.target.id));
  return Object.entries(hosts).flatMap(([id, { status, commands }]) => {
    const sent = commands.length - (before.hosts[id]?.commands.length ?? 0);
    const drains = status === 'DRAINING' && before.hosts[id]?.status !== 'DRAINING';
    return [
      ...(sent > 1 ? [`${sent} commands were sent to ${id}`] : []),
      ...(drains && !isTold ? [`${id} is left DRAINING, and nobody was told`] : []),
      ...(drains && !stands.has(id) ? [`${id} is left DRAINING, and nothing on record could put it back`] : []),
    ];
  });
}

const changesIn = (stage: Stage): readonly StandingChange[] =>
  stage
    .table()
    .filter(({ pk }) => pk.startsWith('target#'))
    .flatMap((item) => Object.entries(item))
    .filter(([name]) => name.startsWith('change:'))
    .map(([, value]) => value as unknown as StandingChange);

/** What of an incident stands in the records of its targets: `ecr.quarantine-image`. */
const standing = (stage: Stage): readonly string[] =>
  changesIn(stage)
    .map(({ action }) => action)
    .sort();

/**
 * What came out as usual is on record as usual: else nobody could put it back. "Not contained" it is also where nothing was changed: then nothing
 * has to stand.
 */
function standsAsUsual(stage: Stage, play: Play, truth: Truth): readonly string[] {
  const { ends } = play;
  if (cameTo(stage, play) !== ends.outcome) return [];
  if (ends.outcome === 'not-contained' && standing(stage).length === 0 && !play.done(truth)) return [];
  const now = standing(stage).join();
  const usual = ends.stands.join();
  const { says } = ends;
  const isSaid = says === undefined || told(stage).some(({ subject, body }) => says.test(`${subject}\n${body}`));
  return [
    ...(now === usual ? [] : [`on record stands ${now || 'nothing'}, and usually ${usual || 'nothing'}`]),
    ...(isSaid ? [] : [`nobody was told ${says}`]),
  ];
}

/** Promise 3: what stands has the before-state that the account had, whatever happened since. */
function savedBefore(stage: Stage, { before }: Baseline): readonly string[] {
  return changesIn(stage).flatMap(({ action, before: saved, step }) => {
    if (action === 'ecr.quarantine-image') {
      const status = saved['status'] as { readonly [digest: string]: string } | undefined;
      return Object.entries(status ?? {})
        .filter(([digest, one]) => before.images[digest] !== one)
        .map(([digest, one]) => `${action} saved ${one} for ${digest}, which was ${before.images[digest]}`);
    }
    if (action === 'ssm.patch-hosts') {
      const was = before.hosts[step.target.id]?.status;
      return saved['status'] === was
        ? []
        : [`${action} saved ${saved['status']} for ${step.target.id}, which was ${was}`];
    }
    if (action !== 'ecs.contain-service') return [];
    const name = String(step.target.id).split('/').at(-1) ?? '';
    const was = before.services[name];
    const definition = String(saved['taskDefinition'] ?? '')
      .split('/')
      .at(-1);
    return definition === was?.definition
      ? []
      : [`${action} saved ${definition} for ${name}, which ran ${was?.definition}`];
  });
}
