import { unlessRefused } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { canonicalJson } from '../../platform/json.ts';
import type { ActContext, Executed, ReadContext, Verified } from '../contract.ts';
import { substepsOf } from '../substeps.ts';
import { type GroupTarget, readGroup } from '../targets/groupTarget.ts';
import { readRules } from './observe.ts';
import { permissionOf, type Rule, type Shown } from './rules.ts';
import { type Chosen, chosenShape, type Observed, type Params } from './types.ts';

const chosenIn = ({ chosen }: ReadContext): Chosen => chosenShape.parse(chosen);

async function revoke({ id: GroupId }: GroupTarget, { id }: Shown, context: ActContext): Promise<null> {
  const read = readsWith(context.aws);
  const { client, RevokeSecurityGroupIngressCommand } = await read.aws.ec2();
  const asked = new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [id] });
  await unlessRefused(['InvalidSecurityGroupRuleId.NotFound'], () => client.send(asked, read.call));
  return null;
}

async function authorize({ id: GroupId }: GroupTarget, rule: Rule, context: ActContext): Promise<null> {
  const read = readsWith(context.aws);
  const Tags = rule.tags.map(([Key, Value]) => ({ Key, Value }));
  const { client, AuthorizeSecurityGroupIngressCommand } = await read.aws.ec2();
  const asked = new AuthorizeSecurityGroupIngressCommand({
    GroupId,
    IpPermissions: [permissionOf(rule)],
    ...(Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: 'security-group-rule', Tags }] }),
  });
  await unlessRefused(['InvalidPermission.Duplicate'], () => client.send(asked, read.call));
  return null;
}

/** One by one, so that a person's hold stops in between, and one that is gone by now keeps none of the others open. */
export async function close(
  target: GroupTarget,
  params: Params,
  { rules }: Observed,
  context: ActContext,
): Promise<Executed> {
  const { all } = await readRules(target, params, context);
  const steps = substepsOf(context);
  for (const name of chosenIn(context).closes) {
    const there = all.find((one) => one.name === name);
    // What says something else than what was saved could not be put back: it is somebody's, of a moment ago.
    if (there === undefined || canonicalJson(there.rule) !== canonicalJson(rules[name] ?? null)) continue;
    const words = { name: `close ${name}`, doing: `Closing ${name} of ${target.id}`, did: `${name} taken away` };
    await steps.attempt(words, () => revoke(target, there, context));
  }
  return { kind: 'done', did: `${target.id}: ${steps.finish()}` };
}

/** One by one, each with its description and tags by the same call: nobody ever sees half of one. */
export async function open(
  target: GroupTarget,
  params: Params,
  { rules }: Observed,
  context: ActContext,
): Promise<Executed> {
  const { all } = await readRules(target, params, context);
  const steps = substepsOf(context);
  for (const name of chosenIn(context).closes) {
    const rule = rules[name] ?? null;
    if (rule === null || all.some((one) => one.name === name)) continue;
    const words = { name: `open ${name}`, doing: `Making ${name} of ${target.id} again`, did: `${name} made again` };
    await steps.attempt(words, () => authorize(target, rule, context));
  }
  return { kind: 'done', did: `${target.id}: ${steps.finish()}` };
}

const listed = (some: readonly Shown[]): string => some.map(({ name }) => name).join(', ');

export async function verifyClosed(
  target: GroupTarget,
  params: Params,
  { rules }: Observed,
  context: ReadContext,
): Promise<Verified> {
  await readGroup(target, context);
  const { closes, stays } = chosenIn(context);
  const { all, open: now } = await readRules(target, params, context);
  const more = now.filter(({ name }) => !(closes.includes(name) || stays.includes(name)));
  if (more.length > 0) {
    const when = more.some(({ name }) => Object.hasOwn(rules, name)) ? 'since the plan was made' : 'since';
    return { state: 'broken', seen: `${target.id} was opened ${when}: ${listed(more)}`, again: true, absence: false };
  }
  const left = all.filter(({ name }) => closes.includes(name));
  if (left.length > 0) return { state: 'pending', seen: `${target.id} still has ${listed(left)}`, absence: false };
  const but = stays.length === 0 ? '' : ` but ${stays.join(', ')}, which stays`;
  return { state: 'holds', seen: `${target.id} has nothing of it open to the world${but}`, absence: true };
}

export async function verifyOpen(
  target: GroupTarget,
  params: Params,
  { rules }: Observed,
  context: ReadContext,
): Promise<Verified> {
  await readGroup(target, context);
  const { all } = await readRules(target, params, context);
  const there = new Map(all.map(({ name, rule }) => [name, canonicalJson(rule)]));
  const closes = chosenIn(context).closes.filter((name) => (rules[name] ?? null) !== null);
  const missing = closes.filter((name) => there.get(name) !== canonicalJson(rules[name]));
  if (missing.length > 0) return { state: 'pending', seen: `${target.id} lacks ${missing.join(', ')}`, absence: false };
  return { state: 'holds', seen: `${target.id} has ${closes.join(', ')} again`, absence: false };
}
