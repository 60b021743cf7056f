import type { Accused } from '../account/accused.ts';
import { type DefinitionRunners, readDefinitionRunners, runnersPermissions } from '../account/definitionServices.ts';
import { readsWith } from '../account/reads.ts';
import type { Finding } from '../finding/finding.ts';
import type { EcsTaskDefinitionResource } from '../finding/resource.ts';
import type { Matched } from '../plan/plan.ts';
import { Throttled } from '../platform/errors.ts';
import type { RuleSet } from '../rules/rule.ts';
import { askedActions } from './askedActions.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';

type ServiceEffects = Pick<Effects, 'sessions' | 'catalogue'>;

interface Read {
  readonly accused: ReadonlyMap<string, Accused>;
  readonly unread: readonly string[];
}

interface ReadServices extends Read {
  /** Of what is to be fixed, what could not be read of who runs it, one sentence each: nobody may call it fixed, or say that there is nothing to fix. */
  readonly unsure: readonly string[];
}

/** A finding about a revision of a task definition. */
type OnDefinition = Finding & { readonly resource: EcsTaskDefinitionResource };

/**
 * Adds the services that run what is wrong with a task definition, where a rule asks for a fix of services. The account is gone through for that,
 * once for each revision. Throws Throttled unless it is the last try.
 */
export async function withServices(
  effects: ServiceEffects,
  matched: readonly Matched[],
  set: RuleSet,
  known: Read,
  lastTry: boolean,
): Promise<ReadServices> {
  const accused = new Map(known.accused);
  const unread = new Set(known.unread);
  const unsure = new Set<string>();
  const read = new Map<string, DefinitionRunners | string>();
  for (const one of matched) {
    const { finding } = one;
    const seen = accused.get(finding.id);
    if (!isOnDefinition(finding) || seen === undefined || !isWanted(effects, one, set)) continue;
    const { account, region, resource } = finding;
    const runners = read.get(resource.arn) ?? (await runnersOf(effects, finding, lastTry));
    read.set(resource.arn, runners);
    const isToBe = set.rules.some(({ name, mode }) => name === one.rule && mode === 'enforce');
    for (const text of unreadOf(finding, runners)) (isToBe ? unsure : unread).add(text);
    if (typeof runners !== 'string') {
      for (const text of toldOf(finding, runners)) unread.add(text);
      const fixTargets = runners.services.map((service) => ({ ...service, account, region }));
      accused.set(finding.id, { ...seen, fixTargets });
    }
  }
  return { accused, unread: [...unread], unsure: [...unsure] };
}

const isOnDefinition = (finding: Finding): finding is OnDefinition => finding.resource.kind === 'ecs-task-definition';

const isWanted = ({ catalogue }: ServiceEffects, matched: Matched, set: RuleSet): boolean =>
  askedActions(catalogue, matched, set).some(
    ({ facts, targets }) => facts.canWait === true && targets.includes('ecs-service'),
  );

/** What is not changed with the services. */
const toldOf = ({ resource }: OnDefinition, { others }: DefinitionRunners): readonly string[] =>
  others.map((other) => `${resource.id} is run by ${other}, too: that is not changed.`);

/** What could not be read: nobody may take that for empty. */
const unreadOf = ({ resource }: OnDefinition, runners: DefinitionRunners | string): readonly string[] =>
  typeof runners === 'string'
    ? [runners]
    : runners.unread.map(
        ({ place, why }) => `${place} could not be read: ${why}, so that more may run ${resource.id}.`,
      );

/** Who runs the revision; or why that could not be read, as a sentence. */
async function runnersOf(
  { sessions }: ServiceEffects,
  { account, region, resource }: OnDefinition,
  lastTry: boolean,
): Promise<DefinitionRunners | string> {
  const doing = `Reading who runs ${resource.id}`;
  try {
    const [, partition = 'aws'] = resource.arn.split(':');
    const permissions = runnersPermissions({ partition, account, region });
    const aws = await sessions.read({ ...resource, account, region }, permissions);
    const runners = await readDefinitionRunners(readsWith(aws), resource.arn);
    const throttled = runners.unread.find(({ mayPass }) => mayPass === true);
    if (throttled !== undefined && !lastTry) throw new Throttled(`${doing}: ${throttled.place}: ${throttled.why}`);
    return runners;
  } catch (error) {
    const failure = failureOfStep(error, doing, lastTry);
    return failure.kind === 'gone' ? `${doing}: it is not there any more.` : `${failure.why}.`;
  }
}
