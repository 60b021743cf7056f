import { expect } from 'vitest';
import type { Told } from '../../system/stage.ts';
import type { Shown } from './awsShows.ts';
import type { Ending } from './endings.ts';
import type { Kind } from './kinds.ts';
import type { Cause, Played } from './play.ts';
import { digests, repository } from './world.ts';

export interface Judged {
  readonly kind: Kind;
  readonly cause: Cause;
  readonly ending: Ending;
  readonly played: Played;
}

const region = 'us-east-1 123456789012';
const suspended = { min: 0, suspended: 'in out scheduled' };

/** Without partition, service, Region and account. */
const idOf = (arn: string): string => arn.split(':').slice(5).join(':');
const runningDigests = ({ tasks }: Shown): readonly string[] =>
  tasks.filter(({ running }) => running).map(({ digests: [app = ''] }) => app);

/** What is not STOPPED and should be. */
const affected = ({ tasks }: Shown, { cause, ending, played }: Judged): readonly string[] =>
  tasks
    .filter(({ arn, digests: ran }) => {
      if (ending.how === 'zero' || arn === played.accused.arn) return true;
      return cause !== 'intrusion' && ending.how !== 'replaced' && ran.includes(digests.accused);
    })
    .map(({ arn }) => arn);

/** The service while it is contained, however long one looks at it. */
function standsContained(shown: Shown, judged: Judged): void {
  const { kind, ending, played } = judged;
  const { declared: before } = played.before;
  const count = kind.tasks ?? 4;
  if (ending.how === 'held') {
    expect(shown.declared).toEqual(before);
    return;
  }
  expect(affected(shown, judged)).toEqual([]);
  const { declared } = shown;
  switch (ending.how) {
    case 'zero':
      expect(declared).toEqual({
        ...before,
        desired: 0,
        scaling: before.scaling === null ? null : { ...before.scaling, ...suspended },
      });
      return;
    case 'replaced':
      expect(declared).toEqual(before);
      expect(runningDigests(shown)).toEqual(Array(count).fill(digests.accused));
      return;
    case 'stopped':
      expect(declared).toMatchObject({ taskDefinition: kind.after, desired: before.desired });
      expect(runningDigests(shown)).toEqual(Array(count).fill(digests.newer));
      return;
    case 'back':
    case 'down': {
      const clean = kind.to === 85 ? digests.older : digests.clean;
      const definition = kind.pinned === true ? 'checkout:89' : `checkout:${kind.to ?? 86}`;
      expect(declared).toMatchObject({ taskDefinition: definition, desired: before.desired, scaling: before.scaling });
      // A breaker that rolls back would bring back the accused version.
      expect(declared.breaker).toEqual({ ...before.breaker, rollback: false });
      expect(runningDigests(shown)).toEqual(ending.how === 'down' ? [] : Array(count).fill(clean));
    }
  }
}

/** One message, of the tier that outcome, class and open credentials ask for. */
function told(messages: readonly Told[], { kind, cause, ending }: Judged): void {
  expect(messages).toHaveLength(1);
  const [message] = messages;
  const open = kind.roleless !== true && ending.words === 'contained';
  const words = open ? 'contained, credentials open' : ending.words;
  // A miner that is put out and took no credentials can wait for the morning; somebody at work cannot.
  const page = open || cause !== 'image' || ending.words !== 'contained';
  expect(message).toMatchObject({
    tier: page ? 'page' : 'notice',
    subject: `${page ? 'GET UP' : 'NO ACTION'}: prod/checkout ${words}, ${region}`,
  });
  expect(message?.body).toContain(ending.because ?? '');
}

/** Changing calls touch the service, its tasks, its scalable target, its image, and the roles and copies that it deploys. */
function onlyTheTarget({ played, ending }: Judged): void {
  const ours = [
    /^ecs:UpdateService service\/prod\/checkout$/,
    /^application-autoscaling:RegisterScalableTarget scalable-target\//,
    /^ecs:(RegisterTaskDefinition|TagResource) task-definition\/checkout:/,
    ...(ending.image === 'archived' ? [new RegExp(`^ecr:UpdateImageStorageClass repository/${repository}$`)] : []),
  ];
  const known = new Set([...played.serviceTasks].map((arn) => idOf(arn)));
  const astray = played.writes.filter(({ action, resource }) => {
    const call = `${action} ${idOf(resource)}`;
    if (action === 'ecs:StopTask' || action === 'ecs:UpdateTaskProtection') return !known.has(idOf(resource));
    return !ours.some((pattern) => pattern.test(call));
  });
  expect(astray).toEqual([]);
  if (ending.how === 'held') expect(played.writes).toEqual([]);
  const scaled = played.writes.filter(({ action }) => action === 'application-autoscaling:RegisterScalableTarget');
  expect(scaled).toHaveLength(played.before.declared.scaling === null ? 0 : scalingCalls[ending.how]);
}

/** Suspended, put back once the clean version runs, and put back by the undo; a replaced task needs neither. */
const scalingCalls: Readonly<Record<Ending['how'], number>> = {
  back: 3,
  down: 3,
  zero: 2,
  replaced: 0,
  stopped: 0,
  held: 0,
};

/** Everything that was declared is what it was; where nothing can be put back, whoever asks for it hears why. */
function undone({ kind, ending, played }: Judged): void {
  if (ending.how === 'held' || ending.how === 'replaced' || ending.how === 'stopped') {
    const why = ending.how === 'held' ? 'stands.' : 'A stopped task is gone';
    expect(played.undo).toEqual({ kind: 'nothing', reason: expect.stringContaining(why) });
    expect(played.undoTold).toEqual([]);
    expect(played.undone.declared).toEqual(played.later.declared);
    return;
  }
  expect(played.undo.kind).toBe('opened');
  expect(played.undoTold).toHaveLength(1);
  expect(played.undoOutcome).toBe('undone');
  expect(played.undoTold[0]).toMatchObject({ tier: 'notice', subject: `NO ACTION: prod/checkout undone, ${region}` });
  const { taskDefinition: _pinned, ...rest } = played.before.declared;
  expect(played.undone.declared).toMatchObject(rest);
  if (kind.movedSince !== true) expect(played.undone.declared).toEqual(played.before.declared);
  expect(runningDigests(played.undone)).toEqual(Array(kind.tasks ?? 4).fill(digests.accused));
}

/** Everything that is promised of one cell. */
export function judge(judged: Judged): void {
  const { ending, played } = judged;
  const { before, contained, later } = played;
  expect(played.outcome).toBe(ending.outcome);
  told(played.told, judged);
  standsContained(contained, judged);
  standsContained(later, judged);
  expect(played.laterTold).toEqual([]);
  const { [digests.accused]: accused, ...images } = contained.images;
  const { [digests.accused]: _was, ...imagesBefore } = before.images;
  expect(accused).toBe(ending.image === 'archived' ? 'ARCHIVED' : 'ACTIVE');
  expect(images).toEqual(imagesBefore);
  onlyTheTarget(judged);
  undone(judged);
  expect(played.undone.images).toEqual(before.images);
  for (const shown of [contained, later, played.undone]) expect(shown.others).toEqual(before.others);
}
