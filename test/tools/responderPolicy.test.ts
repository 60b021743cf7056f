import { expect, test } from 'vitest';
import { rolePermissions } from '../../shared/account/credentialHolder.ts';
import { runnersPermissions } from '../../shared/account/definitionServices.ts';
import { workloadPermissions } from '../../shared/account/workloadPermissions.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { clusterOf } from '../../shared/actions/targets/ecsTarget.ts';
import { lookUpPermission } from '../../shared/respond/whoChanged.ts';
import { anyTarget, inWords } from '../../tools/anyTarget.ts';
import { responderStatements } from '../../tools/responderPolicy.ts';

const inTemplate = {
  partition: '${AWS::Partition}',
  account: '${AWS::AccountId}',
  region: '${AWS::Region}',
  name: '*',
};
const statements = responderStatements(catalogue);

// IAM's star passes slashes: one at the end holds what several do.
const once = (resource: string): string => resource.replace(/(?:\/\*)+$/, '/*');
const surroundings = [
  ...workloadPermissions(clusterOf(anyTarget('ecs-task'))),
  ...runnersPermissions(clusterOf(anyTarget('ecs-service'))),
  ...rolePermissions(anyTarget('function'), anyTarget('function')),
  ...rolePermissions(anyTarget('instance'), anyTarget('instance')),
];

test('every permission of every action, of what Decide reads and of the look-up of who changed something, is there on its resource, and no other', () => {
  const declared = catalogue.flatMap((action) =>
    action.targets.flatMap((kind) => {
      const { read, write } = action.permissions(anyTarget(kind));
      return [...read, ...write];
    }),
  );
  const wanted = [...declared, ...surroundings, lookUpPermission].map(
    ({ action, resource }) => `${action} ${once(inWords(resource, inTemplate))}`,
  );
  const given = statements.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.map((on) => `${action} ${typeof on === 'string' ? on : on['Fn::Sub']}`)),
  );
  expect(new Set(given)).toEqual(new Set(wanted));
});

test('a condition on a policy names the account of the stack, and one that is no ARN is as it is declared', () => {
  const conditions = statements.flatMap(({ Condition }) => (Condition === undefined ? [] : [Condition]));
  const boundary = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/firebreak-boundary*';
  expect(conditions).toContainEqual({ ArnLike: { 'iam:PermissionsBoundary': { 'Fn::Sub': boundary } } });
  expect(conditions).toContainEqual({ StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } });
  expect(JSON.stringify(conditions)).not.toContain(anyTarget('role').account);
});

test('an action taken out of the catalogue takes its changes with it', () => {
  const without = responderStatements(catalogue.filter(({ name }) => name !== 'ecr.quarantine-image'));
  expect(statements.flatMap(({ Action }) => Action)).toContain('ecr:UpdateImageStorageClass');
  expect(without.flatMap(({ Action }) => Action)).not.toContain('ecr:UpdateImageStorageClass');
});

test('changes carry the name of their action, and Sids are unique and of letters and digits', () => {
  const sids = statements.map(({ Sid }) => Sid);
  expect(sids).toContain('EcrQuarantineImage');
  expect(new Set(sids).size).toBe(sids.length);
  for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
});

test('resources are of the stack’s partition, account and Region, and of any name', () => {
  const arns = statements.flatMap(({ Resource }) => Resource).filter((resource) => resource !== '*');
  // Those without an account: AWS's own document, and snapshots, which may be another's, and of which one is made in one's own alone.
  const document = { 'Fn::Sub': 'arn:${AWS::Partition}:ssm:${AWS::Region}::document/AWS-RunPatchBaseline' };
  const snapshot = { 'Fn::Sub': 'arn:${AWS::Partition}:ec2:${AWS::Region}::snapshot/*' };
  expect(arns).toEqual(expect.arrayContaining([document, snapshot]));
  const without = [document, snapshot].map((one) => JSON.stringify(one));
  for (const arn of arns.filter((one) => !without.includes(JSON.stringify(one)))) {
    expect(arn).toEqual({
      'Fn::Sub': expect.stringMatching(
        // What is of CloudFront is in one Region, wherever the stack is.
        /^arn:\$\{AWS::Partition\}:(?:wafv2:us-east-1|[a-z0-9-]+:(?:\$\{AWS::Region\})?):\$\{AWS::AccountId\}:.*\*$/,
      ),
    });
  }
  expect(JSON.stringify(statements)).not.toMatch(/any-|\d{12}/);
});

test('no change on a resource is allowed twice: without the second nothing would be missed', () => {
  const changes = statements.filter(({ Sid }) => !Sid.startsWith('Read'));
  const each = changes.flatMap(({ Action, Resource, Condition }) =>
    Action.flatMap((action) => Resource.map((on) => JSON.stringify([action, on, Condition]))),
  );
  expect(each).toHaveLength(new Set(each).size);
});
