import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Reads } from '../../account/reads.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Redaction } from './redaction.ts';

/** Of each container; enough to read what came before, and little enough to be read in time. */
const mostLines = 1000;
const mostCharacters = 256 * 1024;
/** A page may be empty though there are lines before it. */
const mostPages = 5;

/** Where the awslogs driver writes the lines of one container of one task. */
export interface LogPlace {
  readonly group: string;
  readonly stream: string;
}

/** Where a container's lines are, or why nobody can tell. The driver calls a stream `prefix/container/task id`. */
export function logPlaceOf(
  { name = '', logConfiguration }: ContainerDefinition,
  taskId: string,
  region: string,
): LogPlace | string {
  const { logDriver, options = {} } = logConfiguration ?? {};
  if (logDriver === undefined) return 'it names no log driver, so that its lines are on its host alone';
  if (logDriver !== 'awslogs') return `its lines go to ${logDriver}, which is not read`;
  const group = options['awslogs-group'];
  const prefix = options['awslogs-stream-prefix'];
  if (options['awslogs-region'] !== undefined && options['awslogs-region'] !== region) {
    return `its lines go to Region ${options['awslogs-region']}, where these credentials do not read`;
  }
  if (group === undefined || prefix === undefined) return 'its log stream has no prefix, so that its name is not known';
  return { group, stream: `${prefix}/${name}/${taskId}` };
}

interface Line {
  readonly at: string | null;
  readonly message: string;
}

/** The last lines of a stream, the oldest first. Throws the SDK's own error. */
export async function readLastLines(
  read: Reads,
  { group, stream }: LogPlace,
  { text }: Redaction,
): Promise<JsonObject> {
  const { client, GetLogEventsCommand } = await read.aws.logs();
  let lines: readonly Line[] = [];
  let token: string | undefined;
  let ended = false;
  for (let page = 0; page < mostPages && lines.length < mostLines && !ended; page += 1) {
    const answer = await client.send(
      new GetLogEventsCommand({
        logGroupName: group,
        logStreamName: stream,
        startFromHead: false,
        limit: mostLines - lines.length,
        nextToken: token,
      }),
      read.call,
    );
    const earlier = (answer.events ?? []).map(({ timestamp, message = '' }) => ({
      at: timestamp === undefined ? null : new Date(timestamp).toISOString(),
      message: text(message),
    }));
    lines = [...earlier, ...lines];
    // The token that went comes back where nothing is left.
    ended = answer.nextBackwardToken === undefined || answer.nextBackwardToken === token;
    token = answer.nextBackwardToken;
  }
  const kept = lastThatFit(lines);
  return { group, stream, complete: ended && kept.length === lines.length, lines: kept.map((line) => ({ ...line })) };
}

function lastThatFit(lines: readonly Line[]): readonly Line[] {
  let left = mostCharacters;
  const from = lines.findLastIndex(({ message }) => {
    left -= message.length;
    return left < 0;
  });
  return lines.slice(from + 1);
}
