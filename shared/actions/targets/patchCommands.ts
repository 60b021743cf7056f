import type { Command } from '@aws-sdk/client-ssm';
import { everyPage, type Reads, readsWith } from '../../account/reads.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ActContext } from '../contract.ts';
import type { InstanceTarget } from './instanceTarget.ts';

/** The commands by which `ssm.patch-hosts` installs patches: whoever gives a host tasks again asks for them first. */

export const documentName = 'AWS-RunPatchBaseline';

export const commentBegins = 'Firebreak ssm.patch-hosts ';

/** Commands are listed for 30 days; what is older than a day is no try of ours. */
const listedHours = 24;

/** The commands of ours on a host of the last day, newest first. */
export async function readOwnCommands(read: Reads, id: string, now: Date): Promise<readonly Command[]> {
  const { client, ListCommandsCommand } = await read.aws.ssm();
  const since = new Date(now.getTime() - listedHours * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const pages = await everyPage(
    (NextToken) =>
      client.send(
        new ListCommandsCommand({
          InstanceId: id,
          Filters: [
            { key: 'DocumentName', value: documentName },
            { key: 'InvokedAfter', value: since },
          ],
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
        read.call,
      ),
    ({ NextToken }) => NextToken,
  );
  const at = ({ RequestedDateTime }: Command): number => RequestedDateTime?.getTime() ?? 0;
  return pages
    .flatMap(({ Commands = [] }) => Commands)
    .filter(({ Comment }) => Comment?.startsWith(commentBegins) === true)
    .toSorted((a, b) => at(b) - at(a));
}

const goingOn: readonly (string | undefined)[] = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];

export const isGoingOn = ({ Status }: Command): boolean => goingOn.includes(Status);

/** `command 0b1f… ended as Failed (Undeliverable)`. */
export function commandText(command: Command): string {
  const { CommandId = 'unknown', Status = 'unknown', StatusDetails = Status } = command;
  const details = StatusDetails === Status ? Status : `${Status} (${StatusDetails})`;
  return `command ${CommandId} ${isGoingOn(command) ? `is ${details}` : `ended as ${details}`}`;
}

/** What installs there may yet reboot it: no task is placed on it before that is over. Throws ActionFailed. */
export async function refuseWhilePatching({ id }: InstanceTarget, { aws, clock }: ActContext): Promise<void> {
  const under = (await readOwnCommands(readsWith(aws), id, clock.now())).find(isGoingOn);
  if (under === undefined) return;
  throw new ActionFailed(
    `It takes no tasks yet: ${commandText(under)} and may reboot it. Set it to ACTIVE once that has ended`,
  );
}
