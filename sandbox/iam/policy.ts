import * as z from 'zod';
import type { JsonObject } from '../../shared/platform/json.ts';
import { AwsError } from '../account.ts';
import { type Condition, isNoDate, operatorOf } from './conditions.ts';
import { conditionKeys, isTagKey, isTokenKey, type PolicyKind, policyVariables } from './context.ts';
import { arnParts } from './matching.ts';
import { isPrincipal, type Principals } from './principals.ts';
import { documentSchema, type WrittenStatement } from './schema.ts';

/** A policy document as CloudFormation or a caller writes it, with every intrinsic function resolved. */
export type PolicyDocument = JsonObject;

/** `Action` or, with `not`, `NotAction`; the same for resources. */
export interface Matcher {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

export interface Statement {
  /** Its Sid, else its place: `statement 1`. */
  readonly name: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: Principals | undefined;
  readonly actions: Matcher;
  readonly resources: Matcher;
  readonly conditions: readonly Condition[];
}

/** What a trust policy speaks of, in which no Resource may be written. */
export const ownRole: Matcher = { not: false, patterns: ['*'] };

export interface Policy {
  /** Where it hangs, e.g. `role Intake, policy sqs`. */
  readonly name: string;
  readonly statements: readonly Statement[];
}

/**
 * Reads and checks a policy. What AWS refuses is refused; so is what this account could not evaluate (a condition's operator or
 * key, a variable), since a condition that is not looked at would allow too much.
 * @param where names the policy, in errors and decisions: `role Intake, policy sqs`.
 * @throws AwsError MalformedPolicyDocument
 */
export function parsePolicy(document: unknown, kind: PolicyKind, where: string): Policy {
  const refuse = (reason: string): never => {
    throw new AwsError('MalformedPolicyDocument', `${where}: ${reason}`);
  };
  const written = documentSchema.safeParse(typeof document === 'string' ? parseJson(document, refuse) : document);
  if (!written.success) return refuse(z.prettifyError(written.error));
  const { Version, Statement } = written.data;
  if (Version !== '2012-10-17' && JSON.stringify(Statement).includes('${')) {
    refuse('policy variables need Version 2012-10-17');
  }
  const sids = Statement.flatMap((each) => each.Sid ?? []);
  if (new Set(sids).size < sids.length) refuse('statement ids (SID) in a single policy must be unique');
  return { name: where, statements: Statement.map((each, at) => statementOf(each, at, kind, refuse)) };
}

type Refuse = (reason: string) => never;

function parseJson(text: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('the policy is not valid JSON');
  }
}

function statementOf(written: WrittenStatement, at: number, kind: PolicyKind, refuse: Refuse): Statement {
  // IAM's own documents allow letters and digits only; queues, topics and buckets are less strict.
  if (kind !== 'resource' && !/^[A-Za-z0-9]*$/.test(written.Sid ?? '')) {
    refuse(`statement ids (SID) must be alpha-numeric: ${written.Sid}`);
  }
  return {
    name: written.Sid ?? `statement ${at + 1}`,
    effect: written.Effect,
    principals: principalsOf(written.Principal, kind, refuse),
    actions: matcher('Action', written.Action, written.NotAction, isAction, refuse),
    resources: resourcesOf(written, kind, refuse),
    conditions: conditionsOf(written, kind, refuse),
  };
}

function principalsOf(
  written: WrittenStatement['Principal'],
  kind: PolicyKind,
  refuse: Refuse,
): Principals | undefined {
  const named = kind === 'resource' || kind === 'trust';
  if (!named) return written === undefined ? undefined : refuse('an identity policy must not name a Principal');
  if (written === undefined) return refuse('a Principal is missing');
  const aws = written === '*' ? ['*'] : (written.AWS ?? []);
  const services = written === '*' ? [] : (written.Service ?? []);
  const federated = written === '*' ? [] : (written.Federated ?? []);
  for (const each of aws) if (!isPrincipal(each)) refuse(`invalid principal in policy: ${each}`);
  for (const each of services)
    if (!/^[a-z0-9.-]+\.amazonaws\.com$/.test(each)) refuse(`invalid principal in policy: ${each}`);
  // Nobody comes in by a token here: a statement of that kind is kept and shown.
  for (const each of federated)
    if (kind !== 'trust' || !isProvider(each)) refuse(`invalid principal in policy: ${each}`);
  if (aws.length + services.length + federated.length === 0) refuse('a Principal is missing');
  return { aws, services };
}

/** An identity provider that IAM knows, or a public one. */
const isProvider = (text: string): boolean =>
  /^arn:aws:iam::\d{12}:(?:oidc|saml)-provider\/[^*?]+$/.test(text) || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(text);

function resourcesOf(written: WrittenStatement, kind: PolicyKind, refuse: Refuse): Matcher {
  if (kind !== 'trust') return matcher('Resource', written.Resource, written.NotResource, isResource, refuse);
  if (written.Resource ?? written.NotResource) refuse('has prohibited field Resource');
  return ownRole;
}

function matcher(
  name: string,
  wanted: readonly string[] | undefined,
  not: readonly string[] | undefined,
  isValid: (pattern: string) => boolean,
  refuse: Refuse,
): Matcher {
  const patterns = wanted ?? not;
  if (!patterns || (wanted && not)) return refuse(`a statement needs exactly one of ${name} and Not${name}`);
  for (const each of patterns) {
    if (!isValid(each)) refuse(`invalid ${name}: ${each}`);
    checkVariables(each, refuse);
  }
  return { not: wanted === undefined, patterns };
}

const isAction = (text: string): boolean => text === '*' || /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(text);

/** `*` or an ARN: in six parts, or in fewer when it ends in `*`, where completing it cannot be read in two ways. */
const isResource = (text: string): boolean =>
  text === '*' || (text.startsWith('arn:') && (arnParts(text).length === 6 || text.endsWith('*')));

/** Of what has tags, network ACLs, security groups and snapshots alone show them to IAM here. */
const isOfTagged = ({ Resource }: WrittenStatement): boolean =>
  Resource !== undefined &&
  [Resource].flat().every((each) => /^arn:[^:]*:ec2:[^:]*:[^:]*:(?:network-acl|security-group|snapshot)\//.test(each));

function conditionsOf(written: WrittenStatement, kind: PolicyKind, refuse: Refuse): Condition[] {
  return Object.entries(written.Condition ?? {}).flatMap(([name, keys]) => {
    const operator = operatorOf(name) ?? refuse(`this account does not evaluate the condition operator ${name}`);
    return Object.entries(keys).map(([key, values]) => {
      const lower = key.toLowerCase();
      const isKnown = conditionKeys[kind].includes(lower) || isTokenKey(kind, lower);
      if (!isKnown && !(isTagKey(kind, lower) && isOfTagged(written))) {
        refuse(`this account does not know the condition key ${key} in a policy of kind ${kind}`);
      }
      for (const value of values) {
        checkVariables(value, refuse);
        if (isNoDate(operator.operator, value)) refuse(`the condition operator ${name} takes a date, not ${value}`);
        // Anything else would pass for false, and let in whom it was to keep out.
        if (operator.operator === 'Null' && !/^(?:true|false)$/i.test(value))
          refuse(`the condition operator Null takes true or false, not ${value}`);
      }
      return { ...operator, key: lower, values };
    });
  });
}

function checkVariables(text: string, refuse: Refuse): void {
  for (const [whole, name] of text.matchAll(/\$\{([^}]*)\}/g)) {
    if (!policyVariables.includes((name ?? '').toLowerCase()))
      refuse(`this account does not fill the policy variable ${whole}`);
  }
}
