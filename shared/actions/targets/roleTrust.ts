import type { Role } from '@aws-sdk/client-iam';
import * as z from 'zod';
import type { PodTrust, WebIdentity } from '../../account/serviceAccounts.ts';
import { parsedJson } from '../../platform/json.ts';

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const shape = z.object({
  Statement: z.preprocess(
    (value) => [value].flat(),
    z.array(
      z.object({
        Effect: z.string(),
        Principal: z.union([z.string(), z.record(z.string(), texts)]).optional(),
        Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
      }),
    ),
  ),
});
type Statement = z.output<typeof shape>['Statement'][number];

/** Whom a role's trust policy lets in. */
export interface Trust extends PodTrust {
  /** Whoever is not looked for: whether they use the role cannot be read, so each counts as one that does. */
  readonly others: readonly string[];
}

/** Services whose users of a role are looked for. */
const looked = /^(?:ecs-tasks|lambda|ec2|pods\.eks)\.amazonaws\.com(?:\.cn)?$/;
const ofPods = /^pods\.eks\.amazonaws\.com(?:\.cn)?$/;
const ofCluster = /^arn:aws(?:-[a-z]+)*:iam::\d{12}:oidc-provider\/(oidc\.eks\.[a-z0-9.-]+\/id\/[A-Za-z0-9]+)$/;
/** What a token of a service account says it is of ("IAM roles for service accounts", "Assign IAM roles to Kubernetes service accounts"). */
const subject = /^system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)$/;

/** Pure: reads the trust policy of a role, as IAM answers it. */
export function trustOf({ AssumeRolePolicyDocument = '' }: Pick<Role, 'AssumeRolePolicyDocument'>): Trust {
  const read = shape.safeParse(parsedJson(decodeURIComponent(AssumeRolePolicyDocument)));
  if (!read.success) {
    return { podIdentity: false, webIdentities: [], others: ['its trust policy, which could not be read'] };
  }
  const allowed = read.data.Statement.filter(({ Effect }) => Effect === 'Allow');
  const all = allowed.flatMap((statement) => principalsOf(statement).map((one) => ({ statement, one })));
  const each = all.map(({ statement, one }) => ({ one, webIdentities: webIdentitiesOf(one, statement) }));
  const others = each.filter(({ one, webIdentities }) => webIdentities === null && !looked.test(one));
  return {
    podIdentity: each.some(({ one }) => ofPods.test(one)),
    webIdentities: each.flatMap(({ webIdentities }) => webIdentities ?? []),
    others: [...new Set(others.map(({ one }) => (one === '*' ? 'anybody' : one)))].sort(),
  };
}

const principalsOf = ({ Principal = '*' }: Statement): readonly string[] =>
  typeof Principal === 'string' ? [Principal] : Object.values(Principal).flat();

/** The service accounts that a statement lets in from a cluster; null where they are not all named in full. */
function webIdentitiesOf(principal: string, { Condition = {} }: Statement): readonly WebIdentity[] | null {
  const [, issuer] = ofCluster.exec(principal) ?? [];
  if (issuer === undefined) return null;
  const keys = { ...Condition['StringLike'], ...Condition['StringEquals'] };
  const subjects = texts.safeParse(keys[`${issuer}:sub`]);
  const named = (subjects.data ?? []).map((text) => subject.exec(text));
  if (named.length === 0) return null;
  return named.every((one) => one !== null)
    ? named.map(([, namespace = '', serviceAccount = '']) => ({ issuer, namespace, serviceAccount }))
    : null;
}
