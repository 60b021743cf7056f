import { type Account, AwsError, slice } from '../../account.ts';
import { recordEmbedded } from './embeddedMetrics.ts';

export interface LogEvent {
  /** Milliseconds since the epoch, virtual. */
  readonly timestamp: number;
  readonly ingestedAt: number;
  readonly message: string;
  /** Grows over the whole account: the order of events of one instant, and their id. */
  readonly number: number;
}

export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  readonly events: LogEvent[];
}

export interface LogGroup {
  readonly name: string;
  /** Without the `:*` that IAM and some answers add. */
  readonly arn: string;
  readonly createdAt: number;
  /** Absent: for ever. */
  readonly retentionDays?: number;
  readonly streams: Map<string, LogStream>;
}

interface LogsState {
  readonly groups: Map<string, LogGroup>;
  lastNumber: number;
}

export const logsState = slice('logs', (): LogsState => ({ groups: new Map(), lastNumber: 0 }));

const gone = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `The specified ${what} does not exist.`);

export const groupArn = (account: Account, name: string): string =>
  `arn:aws:logs:${account.region}:${account.id}:log-group:${name}`;

/** Makes a log group: what the template loader calls. */
export function createLogGroup(
  account: Account,
  settings: { readonly name: string; readonly retentionDays?: number | undefined },
): LogGroup {
  const { name, retentionDays } = settings;
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw new AwsError('InvalidParameterException', `Not the name of a log group: ${name}`);
  }
  const { groups } = logsState(account);
  if (groups.has(name)) {
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
  }
  const group: LogGroup = {
    name,
    arn: groupArn(account, name),
    createdAt: account.clock.now(),
    ...(retentionDays === undefined ? {} : { retentionDays }),
    streams: new Map(),
  };
  groups.set(name, group);
  return group;
}

/** Throws `ResourceNotFoundException`. */
export function groupByName(account: Account, name: string): LogGroup {
  const group = logsState(account).groups.get(name);
  if (!group) throw gone('log group');
  return group;
}

/** Throws `ResourceNotFoundException`. */
export function streamByName(group: LogGroup, name: string): LogStream {
  const stream = group.streams.get(name);
  if (!stream) throw gone('log stream');
  return stream;
}

/** Throws `ResourceAlreadyExistsException`. */
export function createStream(account: Account, group: LogGroup, name: string): LogStream {
  if (!/^[^:*]{1,512}$/.test(name)) {
    throw new AwsError('InvalidParameterException', `Not the name of a log stream: ${name}`);
  }
  if (group.streams.has(name)) {
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
  }
  const stream: LogStream = { name, createdAt: account.clock.now(), events: [] };
  group.streams.set(name, stream);
  return stream;
}

/** Adds an event to the end of a stream, and the metrics that it carries to CloudWatch. */
export function addEvent(account: Account, stream: LogStream, timestamp: number, message: string): void {
  const state = logsState(account);
  state.lastNumber += 1;
  stream.events.push({ timestamp, ingestedAt: account.clock.now(), message, number: state.lastNumber });
  recordEmbedded(account, message);
}
