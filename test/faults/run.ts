import { faults } from '../../sandbox/faults/faults.ts';
import { lambdaState } from '../../sandbox/services/lambda/state.ts';
import { sqsState } from '../../sandbox/services/sqs/state.ts';
import type { Stage } from '../system/stage.ts';
import { type Cell, goesOn, isBrokenPart, ruleOf } from './cells.ts';
import { endOf } from './ends.ts';
import { comesToRest, type Ground, pagesIn, told } from './ground.ts';
import type { Play } from './play.ts';
import { brokenPromises, cameTo, isDeadLetters } from './promises.ts';
import { truthOf } from './truth.ts';

export interface Ran {
  /** How often each fault struck: 0 when the play no longer makes such a call. */
  readonly hits: readonly number[];
  /** Real time. */
  readonly ms: number;
  readonly broken: readonly string[];
}

/** A fault that goes on is lifted after this long. */
const LIFTED_AFTER_SECONDS = 20 * 60;
/** And a part that is broken is mended: an undo comes to its report when ECR has restored an image and Verify has looked again. */
const MENDED_AFTER_SECONDS = 30 * 60;
/** The sweep looks every five minutes; what died twice, or was throttled away, is in hand by then. */
const SWEEP_SECONDS = 5 * 60;
const MOST_SWEEPS = 10;

/** Plays one incident under one fault, or several, and says which promises did not hold. */
export async function runCells(ground: Ground, cells: readonly [Cell, ...Cell[]]): Promise<Ran> {
  const { stage, baselines } = ground;
  const from = performance.now();
  const [{ play }] = cells;
  const baseline = baselines.get(play.name);
  if (baseline === undefined) throw new Error(`The play ${play.name} was not recorded`);
  await ground.ready(play);
  let struckAt: number | undefined;
  const rules = cells.map((cell) =>
    ruleOf(cell, () => {
      struckAt ??= stage.told().length;
    }),
  );
  const list = faults(stage.account);
  list.push(...rules.map(({ rule }) => rule));
  for (const { call } of cells) if (isKept(call)) recycle(stage, call);
  const broken: string[] = [];
  await play.begin(stage);
  if (cells.some(goesOn)) await stage.pass(cells.some(isBrokenPart) ? MENDED_AFTER_SECONDS : LIFTED_AFTER_SECONDS);
  else if (!(await comesToRest(stage))) broken.push('it does not come to rest');
  if (cells.some(isBrokenPart) && !isHeard(stage, play, struckAt)) broken.push('nobody was paged while it was broken');
  list.length = 0;
  for (const cell of cells) if (goesOn(cell)) recycle(stage, cell.call);
  broken.push(
    ...(await settled(stage)),
    ...brokenPromises(ground, play, baseline),
    ...(cells.length === 1 ? asUsual(ground, cells[0]) : []),
  );
  if (broken.length === 0) broken.push(...(await undoWorks(ground, play)));
  const hits = rules.map((rule) => rule.hits());
  for (const { call } of cells) if (isArchive(call)) recycle(stage, call);
  // Of two, one may keep the other from ever being asked; a single one was recorded.
  if (cells.length === 1 && cells[0].fault !== 'none' && hits[0] === 0) broken.push('it never struck');
  return { hits, ms: performance.now() - from, broken };
}

/** Whether the page has come since a part is broken, and of nothing that was told before; of what can wait for the morning, a notice. */
function isHeard(stage: Stage, { fixed }: Play, since = 0): boolean {
  const now = { told: () => stage.told().slice(since) };
  return pagesIn(now) > 0 || (fixed !== undefined && told(now).some(({ tier }) => tier === 'notice'));
}

/**
 * A client that was refused again and again has used up its retries (the SDK's retry quota), and would fail in the cells that follow: its
 * function begins anew.
 */
function recycle({ account }: Stage, call: string): void {
  const { functions } = lambdaState(account);
  for (const [name, { warm }] of functions) {
    if (!name.endsWith(`-${call.split(' ')[0]}`)) continue;
    for (const { worker } of warm.splice(0)) {
      worker.end({ ok: false, errorType: 'Runtime.ExitError', errorMessage: 'recycled', trace: [] });
    }
  }
}

/** What is read is kept for half a minute, and the cell before may have read it at a later hour than this one begins at; a rule set, as long as it is the one, and a plan, which is the same in each cell. */
const isKept = (call: string): boolean =>
  ['channel ssm:GetParameter', 'inventory s3:GetObject', 'verify s3:GetObject'].includes(call);

/** After a failure of S3 the archive leaves it alone for a minute, and the next cell is played in the same minute. */
const isArchive = (call: string): boolean => call.endsWith(' s3:PutObject');

/** Lets sweeps pass until nothing is left to them. */
async function settled(stage: Stage): Promise<readonly string[]> {
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    if (!(await comesToRest(stage))) return ['it does not come to rest'];
    const busy = stage.heads().some(({ state, outbox }) => state === 'running' || outbox.length > 0);
    if (!busy && queuesEmpty(stage)) return alarmed(stage);
    await stage.pass(SWEEP_SECONDS);
  }
  return [];
}

/** Lets the alarm on dead letters look, where there are some. */
async function alarmed(stage: Stage): Promise<readonly string[]> {
  const queues = [...sqsState(stage.account).queues.values()];
  if (queues.some(({ name, messages }) => isDeadLetters(name) && messages.size > 0)) await stage.pass(SWEEP_SECONDS);
  return [];
}

/** Nothing waits to be taken in; dead letters stay, and what comes by the clock comes again and again. */
const queuesEmpty = ({ account }: Stage): boolean =>
  [...sqsState(account).queues.values()].every(
    ({ name, messages }) => isDeadLetters(name) || [...messages.values()].every(({ upkeep }) => upkeep === true),
  );

/** What happens once and passes is survived: the incident ends as it would have. What is late may cost evidence, which is not waited for. */
const passes = (cell: Cell): boolean => cell.fault !== 'denied' && !goesOn(cell);

function asUsual({ stage }: Ground, cell: Cell): readonly string[] {
  const { play, fault } = cell;
  if (!passes(cell)) return [];
  if (fault === 'throttled' && play.fixed !== undefined && pagesIn(stage) > 0)
    return ['a fix that was throttled woke somebody'];
  const { outcome: usual, pages, so } = play.ends;
  const outcome = cameTo(stage, play);
  const truth = truthOf(stage.account);
  const late = fault === 'slow' || fault === 'unanswered';
  const poorer = late && usual === 'contained' && outcome === 'degraded' && play.done(truth);
  if (outcome !== usual && !poorer) return [`it ended as ${outcome}, and without the fault as ${usual}`];
  if (so?.(truth) === false) return [`it ended as ${outcome}, and the account is not as it is then without the fault`];
  if (pagesIn(stage) < pages) return ['it woke nobody, and without the fault it does'];
  return pagesIn(stage) > pages && !poorer ? ['it woke somebody, although it passed'] : [];
}

/**
 * Promise 5: what stands can be put back, whatever happened on the way. Once for each end that plays come to: what is recorded and what
 * the account is like decide how an undo goes, and where they are the same but for times and ids, it goes the same.
 */
async function undoWorks({ stage, baselines, undone }: Ground, play: Play): Promise<readonly string[]> {
  const standing = stage.table().some((item) => Object.keys(item).some((name) => name.startsWith('change:')));
  const before = baselines.get(play.after ?? play.name)?.before;
  if (!standing || play.incident === undefined || play.ends.outcome === 'undone' || before === undefined) return [];
  const end = endOf(stage);
  if (undone.has(end)) return [];
  undone.add(end);
  const { undoAfterSeconds = 0, irreversible = [] } = play;
  if (undoAfterSeconds > 0) await stage.pass(undoAfterSeconds);
  await stage.undo(play.incident);
  await comesToRest(stage);
  const now = truthOf(stage.account);
  const images = Object.entries(before.images).filter(([digest, status]) => now.images[digest] !== status);
  const services = Object.entries(before.services).filter(([name, was]) => {
    const is = now.services[name];
    return (
      JSON.stringify([was.desired, was.definition, was.breaker, was.scaling]) !==
      JSON.stringify([is?.desired, is?.definition, is?.breaker, is?.scaling])
    );
  });
  const hosts = Object.entries(before.hosts).filter(([id, { status }]) => now.hosts[id]?.status !== status);
  const settings = Object.entries(before.settings).filter(
    ([of, was]) => now.settings[of] !== was && !irreversible.includes(of),
  );
  return [
    ...settings.map(([of]) => `after undo, ${of} is ${now.settings[of]}`),
    ...hosts.map(([id]) => `after undo, the host ${id} is ${now.hosts[id]?.status}`),
    ...images.map(([digest]) => `after undo, ${digest} is ${now.images[digest]}`),
    ...services.map(([name]) => `after undo, the service ${name} is ${JSON.stringify(now.services[name])}`),
  ];
}
