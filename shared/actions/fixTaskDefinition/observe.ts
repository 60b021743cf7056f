import type { Service, TaskDefinition } from '@aws-sdk/client-ecs';
import { namedFailure } from '../../account/awsFailure.ts';
import { clusterProtection } from '../../account/ecsOwner.ts';
import { describeLive, type ServiceState, serviceState } from '../../account/ecsService.ts';
import { definitionsOf } from '../../account/ecsServiceUsers.ts';
import { ownerText } from '../../account/owner.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import { shortArn } from '../../account/sightings.ts';
import { readWholeDefinition, type WholeDefinition } from '../../account/wholeDefinition.ts';
import type { ReadContext } from '../contract.ts';
import { againstDeploying } from '../targets/againstDeploying.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { asKnownTo, differsInFixesAlone, type Fix, fixesFor, fixNames, hardeningOf } from './hardening.ts';
import { movesIn, type References } from './references.ts';
import { againstRouter } from './router.ts';
import { beforeShape, beside, chosenShape, type Observed, type Params } from './types.ts';
import { againstSecret } from './usableSecret.ts';

/** Reads the service, what it deploys, and whether that may be deployed once more. Throws TargetGone, Throttled or ActionFailed. */
export async function observeDefinition(target: ServiceTarget, rule: Params, context: ReadContext): Promise<Observed> {
  const { cluster, service: name } = target;
  const read = readsWith(context.aws);
  const made = chosenShape.safeParse(context.chosen).data;
  try {
    const described = await describeLive(read, cluster, name);
    const service = await serviceState(read, described);
    // Of one that an external controller deploys, the task sets say what it runs.
    const [runs = ''] = service.taskDefinition === '' ? definitionsOf(described) : [service.taskDefinition];
    const now = await readWholeDefinition(read, runs);
    const before = beforeShape.safeParse(context.before).data;
    const was = before?.definition ?? runs;
    const copied = was === runs ? null : await readWholeDefinition(read, was);
    const named = (made?.given ?? rule).references;
    const ours = copied !== null && differsInFixesAlone(copied.definition, now.definition, named);
    // What was made and does not run binds nobody: a rule that was mended since is followed.
    const given = beside(ours ? made?.given : undefined, rule);
    const { firelens, references = [] } = given;
    const hardening = hardeningOf(now.definition);
    const shown = ours ? copied : now;
    const definition = ours ? was : runs;
    const { networkMode = null, taskRoleArn, executionRoleArn, requiresCompatibilities = [] } = shown.definition;
    const askedOf = (revision: string) =>
      (context.accusation.complaints ?? []).flatMap((one) => (one.definition === revision ? [one.rule] : []));
    const stood =
      ours && made !== undefined ? { fixes: made.fixes, moves: made.moves ?? [], from: made.from ?? was } : null;
    const more = ours ? fixesFor(askedOf(runs)) : [];
    const asks = new Set<Fix>([...fixesFor(askedOf(definition)), ...more, ...(stood?.fixes ?? [])]);
    return {
      definition,
      hardening: before === undefined ? hardening : asKnownTo(before.hardening, hardening),
      runs,
      protectedBy: service.ownership.protectedBy ?? (await clusterProtection(read, cluster)),
      controller: service.controller,
      scheduling: service.scheduling,
      deploying: service.rollout === 'IN_PROGRESS' && !ours,
      asked: fixNames.filter((fix) => asks.has(fix)),
      more,
      stood,
      given,
      against: [
        ...(service.rollout === 'FAILED' && !ours ? ['its last deployment has failed, and may fail again'] : []),
        ...(await againstOf(read, described, service, shown)),
      ],
      networkMode,
      routing:
        firelens === undefined ? null : againstRouter(shown.definition, firelens, context.settings.images?.registries),
      moves: await movesOf(read, shown.definition, references, target),
      canLog: executionRoleArn !== undefined || !requiresCompatibilities.includes('FARGATE'),
      version: service.digests,
      roles: [...new Set([taskRoleArn ?? [], executionRoleArn ?? []].flat())].sort(),
      desired: service.desired,
      running: service.running,
      minimumHealthyPercent: service.minimumHealthyPercent,
      owner: ownerText(service.ownership),
      seen: [
        `${shortArn(service.arn)} wants ${service.desired} tasks of ${shortArn(runs)}, and ${service.running} run`,
        ...(ours ? [`${shortArn(runs)} is a copy of ${shortArn(was)} that Firebreak registered`] : []),
      ],
    };
  } catch (error) {
    throw namedFailure(error, `Reading service ${target.id}`);
  }
}

/** What is to be moved, each with why it cannot be. A secret that several variables name is looked at once. */
async function movesOf(
  read: Reads,
  definition: TaskDefinition,
  references: References,
  { account, region }: ServiceTarget,
): Promise<Observed['moves']> {
  const { executionRoleArn: executionRole, registeredAt } = definition;
  const known = new Map<string, string | null>();
  const moves: Observed['moves'][number][] = [];
  for (const one of movesIn(definition, references)) {
    const seen = known.get(one.secret);
    const why =
      seen === undefined
        ? await againstSecret(read, one.secret, { account, region, executionRole, registeredAt })
        : seen;
    known.set(one.secret, why);
    moves.push({ ...one, why });
  }
  return moves;
}

/** Why it must not be deployed again, whatever a fix changes. */
async function againstOf(
  read: Reads,
  described: Service,
  service: ServiceState,
  { definition, lost }: WholeDefinition,
): Promise<readonly string[]> {
  const name = shortArn(definition.taskDefinitionArn ?? '');
  const isWindows = definition.runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS') === true;
  return [
    ...(lost.length > 0 ? [`a copy of ${name} would lose ${lost.join(', ')}, which this version does not know`] : []),
    ...(isWindows ? [`${name} is for Windows, where these settings are others`] : []),
    ...(await againstDeploying(read, described, service, definition)),
  ];
}
