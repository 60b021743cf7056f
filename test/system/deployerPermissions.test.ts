import { describe, expect, it } from 'vitest';
import { wildcardMatches } from '../../sandbox/iam/matching.ts';
import { deploy } from '../../sandbox/template/deploy.ts';
import { deployerPolicy, deployerStatements, ofTypes } from '../../tools/deployerPermissions.ts';
import { fakeAccount } from '../sandbox/fakeAccount.ts';
import { factsOf, knowsKey, typesOf } from '../serviceAuthorization.ts';
import { packaged } from './stage.ts';

const types = new Set(Object.values(packaged.Resources).map(({ Type }) => Type));

/** What is wrong with a line for a template of these resource types; none: nothing. */
function unmatched(given: ReadonlySet<string>): readonly string[] {
  const lines = Object.keys(ofTypes);
  return [
    ...[...given]
      .filter((type) => !lines.includes(type))
      .map((type) => `tools/deployerPermissions.ts says nothing of ${type}`),
    ...lines.filter((type) => !given.has(type)).map((type) => `the template has no ${type} any more`),
  ];
}

/** In words of a policy -> what AWS reads. */
const filled = (text: string): string =>
  text.replaceAll('STAGE', 'dev').replaceAll('REGION', 'eu-west-1').replaceAll('ACCOUNT', '123456789012');

describe('the permissions of the deployer', () => {
  it('have a line for every resource type of the packaged template, and none besides', () => {
    expect(unmatched(types)).toEqual([]);
    expect(unmatched(new Set([...types, 'AWS::Kinesis::Stream']))).toEqual([
      'tools/deployerPermissions.ts says nothing of AWS::Kinesis::Stream',
    ]);
  });

  const said = deployerStatements.flatMap(({ Sid, Action, Resource, Condition }) =>
    Action.flatMap((action) =>
      Resource.map(
        (resource) => [Sid, action, filled(resource), Object.values(Condition ?? {}).flatMap(Object.keys)] as const,
      ),
    ),
  );

  it.each(said)(
    "%s: %s on %s is AWS's own, and as narrow as AWS can scope it",
    async (_sid, action, resource, keys) => {
      const facts = await factsOf(action);
      if (facts === undefined) throw new Error(`AWS has no action ${action}`);
      if (resource === '*') expect(facts.resourceTypes).toEqual([]);
      else expect(typesOf(resource, facts)).not.toEqual([]);
      expect(keys.filter((key) => !knowsKey(facts, key))).toEqual([]);
    },
  );

  it('cover the ARN of every resource of the stage, and of no other stage', () => {
    const { account } = fakeAccount();
    const stack = deploy(account, packaged, { stack: 'firebreak-dev', codeFolder: (key) => key });
    let covered = 0;
    for (const [id, { ref, attributes }] of stack.resources) {
      const type = packaged.Resources[id]?.Type ?? '';
      const arn = [attributes['Arn'], ref].find((one) => one?.startsWith('arn:')) ?? '';
      const named = (ofTypes[type] ?? []).flatMap(({ Resource }) => Resource).filter((one) => one.includes('STAGE'));
      if (arn === '' || named.length === 0) continue;
      const covers = (one: string): boolean => named.some((pattern) => wildcardMatches(filled(pattern), one));
      expect(covers(arn), `${id}: ${arn} by ${named}`).toBe(true);
      expect(covers(arn.replaceAll('dev', 'prod')), `${id} of prod`).toBe(false);
      covered += 1;
    }
    expect(covered).toBeGreaterThan(30);
  });

  it('never reach what must stay, nor what people edit', () => {
    const all = deployerStatements.flatMap(({ Action }) => Action);
    expect(all).not.toContain('dynamodb:DeleteTable');
    expect(
      all.filter((action) =>
        /^dynamodb:.*Item|^ssm:(?!AddTags|Remove|GetParameters|PutParameter|DeleteParameter)/.test(action),
      ),
    ).toEqual([]);
    const deletes = deployerStatements.filter(({ Action }) =>
      Action.some((one) => /^s3:Delete(Bucket|Object)$/.test(one)),
    );
    expect(deletes.flatMap(({ Resource }) => Resource)).toEqual([
      'arn:aws:s3:::firebreak-STAGE-serverlessdeploymentbucket-*/*',
      'arn:aws:s3:::firebreak-STAGE-serverlessdeploymentbucket-*',
    ]);
    const parameters = deployerStatements.filter(({ Action }) => Action.some((one) => one.startsWith('ssm:')));
    expect(parameters.flatMap(({ Resource }) => Resource)).toEqual([
      'arn:aws:ssm:REGION:ACCOUNT:parameter/firebreak/STAGE/stack',
    ]);
  });

  it('pass roles to Lambda and Step Functions alone', () => {
    const [passing, ...more] = deployerStatements.filter(({ Action }) => Action.includes('iam:PassRole'));
    expect(more).toEqual([]);
    expect(passing).toMatchObject({
      Action: ['iam:PassRole'],
      Condition: { StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'states.amazonaws.com'] } },
    });
  });

  it('fit into the inline policies of a role: 10,240 characters (IAM user guide, "IAM and AWS STS quotas")', () => {
    const stage = 'a-stage-of-24-characters';
    const policy = deployerPolicy()
      .replaceAll('STAGE', stage)
      .replaceAll('REGION', 'ap-southeast-2')
      .replaceAll('ACCOUNT', '123456789012');
    expect(policy.replaceAll(/\s/g, '').length).toBeLessThan(10_240);
  });
});
