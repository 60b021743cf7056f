import type { Accused } from '../account/accused.ts';
import { type DefinitionRunners, readDefinitionRunners, runnersPermissions } from '../account/definitionServices.ts';
import { type PlainSecrets, plainSecretsPermissions, readPlainSecrets } from '../account/plainSecrets.ts';
import { readsWith } from '../account/reads.ts';
import { shortList } from '../account/shortList.ts';
import { accessKey } from '../finding/accessKey.ts';
import type { Finding } from '../finding/finding.ts';
import type { EcsTaskDefinitionResource } from '../finding/resource.ts';
import type { Matched } from '../plan/plan.ts';
import { Throttled } from '../platform/errors.ts';
import type { RuleSet } from '../rules/rule.ts';
import { askedActions } from './askedActions.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';

type KeyEffects = Pick<Effects, 'sessions' | 'catalogue'>;

interface Read {
  readonly accused: ReadonlyMap<string, Accused>;
  readonly unread: readonly string[];
  readonly unsure: readonly string[];
}

/** A finding about a revision of a task definition. */
type OnDefinition = Finding & { readonly resource: EcsTaskDefinitionResource };

const isOnDefinition = (finding: Finding): finding is OnDefinition => finding.resource.kind === 'ecs-task-definition';

/**
 * Adds the access keys that stand in an accused task definition in plain text, where a rule asks for something about keys, and says by name
 * what stands there besides, who runs it and what its owner does about it. No value leaves `readPlainSecrets`. Throws Throttled unless it
 * is the last try.
 */
export async function withKeys(
  effects: KeyEffects,
  matched: readonly Matched[],
  set: RuleSet,
  known: Read,
  lastTry: boolean,
): Promise<Read> {
  const accused = new Map(known.accused);
  const unread = new Set(known.unread);
  const unsure = new Set(known.unsure);
  for (const one of matched) {
    const { finding } = one;
    const seen = accused.get(finding.id);
    if (!isOnDefinition(finding) || seen === undefined || !isWanted(effects, one, set)) continue;
    const isToBe = set.rules.some(({ name, mode }) => name === one.rule && mode === 'enforce');
    const doubts = isToBe ? unsure : unread;
    const read = await readAround(effects, finding, lastTry);
    if (typeof read === 'string') {
      doubts.add(read);
      continue;
    }
    const { secrets, runners } = read;
    for (const text of [...toldOf(finding, secrets), runsText(finding, runners)]) unread.add(text);
    for (const { id, user } of secrets.keys) if (user === null) doubts.add(nobodysText(id));
    const { account, region } = finding;
    const keyTargets = secrets.keys.flatMap(({ id, user }) =>
      user === null ? [] : [{ ...accessKey(id, user, finding), account, region }],
    );
    accused.set(finding.id, { ...seen, owner: secrets.owner, ...(keyTargets.length === 0 ? {} : { keyTargets }) });
  }
  return { accused, unread: [...unread], unsure: [...unsure] };
}

const isWanted = ({ catalogue }: KeyEffects, matched: Matched, set: RuleSet): boolean =>
  askedActions(catalogue, matched, set).some(({ targets }) => targets.includes('access-key'));

const shown = 20;

/** What stands there, by name, and what is to be done about it, one sentence each. */
function toldOf({ resource: { id } }: OnDefinition, { variables, temporary }: PlainSecrets): readonly string[] {
  return [
    variables.length === 0
      ? `No name of a variable of ${id} tells of a secret: which one is meant, the rule of AWS Config knows (its parameter secretKeys).`
      : `${id} has in plain text, by container: ${shortList(variables, shown)}. Whoever may read the definition may have read them: have new values made, put these into Secrets Manager, name that under secrets instead, let the execution role read it, and deploy.`,
    ...(temporary
      ? [
          `${id} has temporary credentials in plain text: they end by themselves, and the sessions of their role can be revoked.`,
        ]
      : []),
  ];
}

/** IAM answers the same where the permission is missing and where the key is not of the account: either way somebody has to look. */
const nobodysText = (id: string): string =>
  `IAM names no user of this account for access key ${id}, which is left as it is: it is of another account or of the root user, was deleted, or may not be asked for (iam:GetAccessKeyLastUsed). Have it set Inactive where it is.`;

interface Around {
  readonly secrets: PlainSecrets;
  readonly runners: DefinitionRunners;
}

/** What stands in a revision, and who runs it; or why the revision could not be read, as a sentence. */
async function readAround(
  { sessions }: KeyEffects,
  { account, region, resource }: OnDefinition,
  lastTry: boolean,
): Promise<Around | string> {
  const doing = `Reading what stands in plain text in ${resource.id}`;
  try {
    const [, partition = 'aws'] = resource.arn.split(':');
    const place = { partition, account, region };
    const permissions = [...plainSecretsPermissions(place), ...runnersPermissions(place)];
    const read = readsWith(await sessions.read({ ...resource, account, region }, permissions));
    const secrets = await readPlainSecrets(read, resource.arn);
    const runners = await readDefinitionRunners(read, resource.arn);
    const throttled = runners.unread.find(({ mayPass }) => mayPass === true);
    if (throttled !== undefined && !lastTry) throw new Throttled(`${doing}: ${throttled.place}: ${throttled.why}`);
    return { secrets, runners };
  } catch (error) {
    const failure = failureOfStep(error, doing, lastTry);
    return failure.kind === 'gone' ? `${doing}: it is not there any more.` : `${failure.why}.`;
  }
}

/** Who goes on with the values until they are deployed without. Nothing is decided by it. */
function runsText({ resource: { id } }: OnDefinition, { services, others, unread }: DefinitionRunners): string {
  const all = [...services.map((service) => `service ${service.id}`), ...others];
  const more = unread.length === 0 ? '' : `; not all could be read (${shortList(unread.map(({ place }) => place))})`;
  return all.length === 0
    ? `Nothing is seen to run ${id}, or another revision of it${more}.`
    : `${id}, or another revision of it, is run by ${shortList(all, shown)}${more}.`;
}
