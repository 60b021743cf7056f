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

/**
 * Whether anything uses the image. Yes: a task that is not STOPPED, a service's current revision, a definition that a
 * service or an EventBridge rule would start, or a function. No: every place was read and ECR recorded no pull within
 * `quietPullDays`, so that what we do not read (`notRead`) is quiet too, or has not run for that long: the answer names what it
 * rests on, and the lines what was not looked at. Everything else is unknown.
 */
export function inUse(graph: ImageGraph, settings: { readonly quietPullDays: number }, now: Date): InUse {
  const lines = [
    ...graph.users.map(userLine),
    ...graph.unread.map(({ place, why }) => `${place}: not read, ${why}`),
    graph.lastPull === null ? 'ECR has recorded no pull' : `last pulled ${graph.lastPull}`,
    `not looked at: ${graph.notRead.join('; ')}`,
  ];
  if (graph.users.length > 0) return { answer: 'yes', because: usersClause(graph.users), lines };
  if (graph.unread.length > 0) {
    const [first] = graph.unread;
    return { answer: 'unknown', because: `not everything could be read (${first?.place}: ${first?.why})`, lines };
  }
  const missing = places.filter((place) => !graph.places.includes(place));
  if (missing.length > 0) return { answer: 'unknown', because: `${missing.join(', ')} was not read`, lines };
  if (graph.lastPull !== null) {
    const quiet = now.getTime() - Date.parse(graph.lastPull);
    if (!(quiet >= settings.quietPullDays * dayMs)) {
      const because = `it was pulled at ${graph.lastPull}, less than ${settings.quietPullDays} days ago, by something that was not found`;
      return { answer: 'unknown', because, lines };
    }
  }
  const pulled = graph.lastPull === null ? 'nothing has ever pulled it' : `its last pull was ${graph.lastPull}`;
  const because = `no task, service, function or EventBridge rule of this account and Region uses it, and ${pulled}`;
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
  };
  const started = user.startedBy.length === 0 ? '' : `, started by ${user.startedBy.join(', ')}`;
  const by = user.by === 'tag' ? ' (by a tag that points to it)' : '';
  return `${shortArn(user.arn)} ${verb[user.kind]} ${user.digest.slice(0, 19)}${by}${started}`;
}
