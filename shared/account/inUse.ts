import { type ImageGraph, places } from './imageGraph.ts';
import { type ImageUser, shortArn } from './sightings.ts';

export type InUse = {
  readonly answer: 'yes' | 'no' | 'unknown';
  /** One clause, without a full stop: why it is so. */
  readonly because: string;
  /** What was seen, a line each: who uses it, what could not be read, when it was last pulled. */
  readonly lines: readonly string[];
};

const dayMs = 86_400_000;

/** What an incident takes off the image. */
export interface Explained {
  /** ARNs of tasks and services that are taken off it. */
  readonly leaving: readonly string[];
  /** The last pull by one of its tasks, ISO. */
  readonly pulledUntil: string | null;
  /** Since when one of them pulls, ISO; absent where none does. */
  readonly pullingSince?: string;
}

/** A definition leaves with all who would start it. */
const leaves = ({ arn, kind, startedBy }: ImageUser, leaving: readonly string[]): boolean =>
  kind === 'task-definition'
    ? startedBy.length > 0 && startedBy.every((starter) => leaving.some((one) => shortArn(one) === starter))
    : leaving.includes(arn);

/** ECS notes when a pull ended, ECR when it began, each by its own clock. */
const clocksApartMs = 60_000;

const isOurs = (lastPull: string, { pulledUntil, pullingSince }: Explained): boolean =>
  (pulledUntil !== null && Date.parse(lastPull) <= Date.parse(pulledUntil) + clocksApartMs) ||
  (pullingSince !== undefined && Date.parse(lastPull) >= Date.parse(pullingSince) - clocksApartMs);

/**
 * Whether anything uses the image. Yes: a task that is not STOPPED, a service's current revision, a definition that a
 * service, an EventBridge rule or a schedule would start, a function, a pod on EKS, or a workload there that would start one. No: every place was read and ECR recorded no pull within
 * `quietPullDays` but those of tasks that the incident stops, so that what we do not read (`notRead`) is quiet too, or has not run for that long: the answer names what it
 * rests on, and the lines what was not looked at. Of other accounts and Regions nothing is read: where the settings name one (`inUse`), no answer is no. Everything else is unknown.
 */
export function inUse(
  graph: ImageGraph,
  settings: { readonly quietPullDays: number; readonly inUse?: readonly string[] },
  now: Date,
  explained: Explained = { leaving: [], pulledUntil: null },
): InUse {
  const users = graph.users.filter((user) => !leaves(user, explained.leaving));
  const lines = [
    ...users.map(userLine),
    ...(users.length < graph.users.length
      ? [`${graph.users.length - users.length} users of it leave it with this plan`]
      : []),
    ...graph.unread.map(({ place, why }) => `${place}: not read, ${why}`),
    graph.lastPull === null ? 'ECR has recorded no pull' : `last pulled ${graph.lastPull}`,
    `not looked at: ${graph.notRead.join('; ')}`,
  ];
  if (users.length > 0) return { answer: 'yes', because: usersClause(users), lines };
  if (graph.unread.length > 0) {
    const [first] = graph.unread;
    return { answer: 'unknown', because: `not everything could be read (${first?.place}: ${first?.why})`, lines };
  }
  const own = `${graph.account}/${graph.region}`;
  const missing = [
    ...places.filter((place) => !graph.places.includes(place)),
    ...(settings.inUse ?? []).filter((place) => place !== own),
  ];
  if (missing.length > 0) return { answer: 'unknown', because: `${missing.join(', ')} was not read`, lines };
  const ours = graph.lastPull !== null && isOurs(graph.lastPull, explained);
  if (graph.lastPull !== null && !ours) {
    const quiet = now.getTime() - Date.parse(graph.lastPull);
    if (!(quiet >= settings.quietPullDays * dayMs)) {
      const because = `it was pulled at ${graph.lastPull}, less than ${settings.quietPullDays} days ago, by something that was not found`;
      return { answer: 'unknown', because, lines };
    }
  }
  const by = ours ? ', by a task that was stopped' : '';
  const pulled = graph.lastPull === null ? 'nothing has ever pulled it' : `its last pull was ${graph.lastPull}${by}`;
  const because = `no task, service, function, pod, rule or schedule of this account and Region uses it, and ${pulled}`;
  return { answer: 'no', because, lines };
}

function usersClause(users: readonly ImageUser[]): string {
  const names = [...new Set(users.map(userName))];
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `${names.slice(0, 3).join(', ')}${more} ${names.length === 1 ? 'uses' : 'use'} it`;
}

/** A definition runs nothing by itself: who would start it comes first. */
const userName = ({ arn, startedBy: [starter] }: ImageUser): string =>
  starter === undefined ? shortArn(arn) : `${starter} (by ${shortArn(arn)})`;

function userLine(user: ImageUser): string {
  const verb: Record<ImageUser['kind'], string> = {
    task: 'runs',
    service: 'keeps running',
    'task-definition': 'names',
    function: 'is made from',
    pod: 'runs',
    workload: 'would start',
  };
  const started = user.startedBy.length === 0 ? '' : `, started by ${user.startedBy.join(', ')}`;
  const by = user.by === 'tag' ? ' (by a tag that points to it)' : '';
  return `${shortArn(user.arn)} ${verb[user.kind]} ${user.digest.slice(0, 19)}${by}${started}`;
}
