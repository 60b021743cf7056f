import { expectThat } from '../../../../cli/demo/scenario.ts';
import { type Account, AwsError } from '../../../../sandbox/account.ts';
import { authorise } from '../../../../sandbox/iam/authorise.ts';
import { contextOf } from '../../../../sandbox/iam/context.ts';
import { grantOf } from '../../../../sandbox/iam/evaluate.ts';
import { resourcePoliciesOf } from '../../../../sandbox/iam/resourcePolicies.ts';
import type { Template } from '../../../../sandbox/template/deploy.ts';
import { openStage, type Stage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

const roleName = 'firebreak-dev-us-east-1-responder';
const responder = {
  kind: 'role',
  roleName,
  arn: `arn:aws:sts::123456789012:assumed-role/${roleName}/act`,
  sessionPolicies: [],
} as const;

/** Somebody has given the responder role everything. */
function grown(template: Template): Template {
  const copy = structuredClone(template);
  const policies = copy.Resources['ResponderRole']?.Properties?.['Policies'] as object[];
  const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  policies.push({ PolicyName: 'everything', PolicyDocument: { Version: '2012-10-17', Statement } });
  return copy;
}

/** What the stack made, by its ARNs, and what stands beside or behind it. */
const untouchable = ({ sandbox: { stack } }: Stage): readonly string[] => [
  ...[...stack.resources.values()].flatMap(({ ref, attributes }) => [
    ...(ref.startsWith('arn:') ? [ref] : []),
    ...(attributes['Arn'] === undefined ? [] : [attributes['Arn']]),
    ...(attributes['Arn']?.startsWith('arn:aws:s3:::') ? [`${attributes['Arn']}/evidence/one`] : []),
  ]),
  `${stack.resources.get('IncidentTable')?.attributes['Arn']}/index/state`,
  'arn:aws:states:us-east-1:123456789012:execution:firebreak-dev:one',
  'arn:aws:ssm:us-east-1:123456789012:parameter/firebreak/dev/rules/one',
  'arn:aws:cloudformation:us-east-1:123456789012:stack/firebreak-dev/one',
  'arn:aws:iam::123456789012:role/ops-break-glass',
  'arn:aws:iam::123456789012:user/ops-break-glass',
  'arn:aws:iam::123456789012:user/ci/firebreak-deploy',
  'arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
  'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
];

function may(account: Account, resource: string): boolean {
  try {
    authorise(account, responder, [{ action: `${resource.split(':')[2]}:Change`, resource }]);
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}

export const ourselves: Proof = {
  name: 'the responder role cannot change Firebreak, break-glass roles or those of AWS, whatever it is allowed',
  near: /NeverOurselves/,
  happen: async (template) => {
    await using stage = await openStage({ template: grown(template) });
    const someone = 'arn:aws:ecr:us-east-1:123456789012:repository/payments/ledger';
    expectThat(may(stage.account, someone), 'it may not do anything');
    const touched = untouchable(stage).filter((arn) => may(stage.account, arn));
    expectThat(touched.length === 0, `it may change ${touched.join(', ')}`);
  },
};

export const encrypted: Proof = {
  name: 'no bucket of ours answers over plain HTTP',
  near: /BucketPolicy/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    const { account, sandbox } = stage;
    const context = contextOf(account, responder, undefined, { 'aws:SecureTransport': 'false' });
    for (const [id, { attributes }] of sandbox.stack.resources) {
      if (!attributes['Arn']?.startsWith('arn:aws:s3:::')) continue;
      const resource = `${attributes['Arn']}/one`;
      const asked = {
        caller: responder,
        accountId: account.id,
        roleArn: undefined,
        action: 's3:GetObject',
        resource,
        context,
      };
      expectThat(grantOf(resourcePoliciesOf(account, resource), asked) === 'deny', `${id} answers over HTTP`);
    }
  },
};
