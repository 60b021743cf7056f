import { namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { shortList } from '../../account/shortList.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ActContext, Executed, ReadContext, Verified } from '../contract.ts';
import { readInstance } from '../targets/instanceTarget.ts';
import { isGoingOn, readExecutionsSince, readOnHost, readStandings, secondOf } from './reads.ts';
import { chosenShape, type HostTarget, type Observed } from './types.ts';

/** The association that a part applies, by its place among those of the plan. */
function chosenAt(at: number, { chosen }: Pick<ReadContext, 'chosen'>): string {
  const id = chosenShape.parse(chosen).apply[at];
  if (id === undefined) throw new ActionFailed('The plan has chosen no association for this part');
  return id;
}

/**
 * Starts one association, once: StartAssociationsOnce takes no token, so that the moment before the first try is kept, and before a repeat
 * Systems Manager is asked whether something has begun since.
 */
export async function applyAgain(
  { id }: HostTarget,
  at: number,
  { reaches = [] }: Partial<Observed>,
  context: ActContext,
): Promise<Executed> {
  const association = chosenAt(at, context);
  const { journal, clock, aws } = context;
  let isRepeat = true;
  const noted = await journal.once(`since ${association}`, async () => {
    isRepeat = false;
    return clock.now().toISOString();
  });
  const since = String(noted);
  await journal.once(`start ${association}`, async () => {
    const begun = isRepeat ? await readExecutionsSince(readsWith(aws), association, since) : [];
    if (begun.length === 0) await start(association, context);
    return since;
  });
  const { name = association, others = [] } = reaches.find((one) => one.id === association) ?? {};
  const besides = others === null || others.length === 0 ? '' : ` and, with it, ${shortList(others)}`;
  return { kind: 'done', did: `association ${name} (${association}) is asked to be applied again to ${id}${besides}` };
}

async function start(association: string, { aws }: ActContext): Promise<void> {
  const { unrepeated, StartAssociationsOnceCommand } = await aws.ssm();
  try {
    await unrepeated.send(new StartAssociationsOnceCommand({ AssociationIds: [association] }));
  } catch (error) {
    throw namedFailure(error, `Applying association ${association}`);
  }
}

const said = (state: Verified['state'], seen: string): Verified => ({ state, seen, absence: false });

/** It stands well on the host, by an execution that began after the step did. */
export async function readBack({ id }: HostTarget, at: number, context: ReadContext): Promise<Verified> {
  const read = readsWith(context.aws);
  const association = chosenAt(at, context);
  const since = context.begunAt ?? context.clock.now().toISOString();
  await readInstance(read, id);
  const [execution] = await readExecutionsSince(read, association, since);
  const { ExecutionId: run } = execution ?? {};
  if (execution === undefined || run === undefined) {
    return said('pending', `Association ${association} has no execution since ${since}.`);
  }
  const what = `Association ${association}, execution ${run} of ${execution.CreatedTime?.toISOString() ?? since}`;
  const on = await readOnHost(read, association, run, id);
  if (on === undefined && !isGoingOn(execution.Status)) return said('broken', `${what} was not applied to ${id}.`);
  const { Status = 'Pending', DetailedStatus = Status } = on ?? {};
  const all = execution.ResourceCountByStatus === undefined ? '' : `; of all hosts: ${execution.ResourceCountByStatus}`;
  if (isGoingOn(Status)) return said('pending', `${what}: ${Status} on ${id}${all}.`);
  if (Status !== 'Success') return said('broken', `${what}: ${Status} (${DetailedStatus}) on ${id}${all}.`);
  const now = (await readStandings(read, id)).find(({ AssociationId }) => AssociationId === association);
  const isNew = (now?.ExecutionDate?.getTime() ?? 0) >= secondOf(since);
  return now?.Status === 'Success' && isNew
    ? said(
        'holds',
        `${what}: Success on ${id}, where it stands as Success since ${now.ExecutionDate?.toISOString()}${all}.`,
      )
    : said('pending', `${what}: Success on ${id}, where it still stands as ${now?.Status ?? 'unknown'}${all}.`);
}
