import { permissions as act } from '../functions/act/permissions.ts';
import { permissions as channel } from '../functions/channel/permissions.ts';
import { permissions as web } from '../functions/console/permissions.ts';
import { permissions as decide } from '../functions/decide/permissions.ts';
import type { Grant } from '../functions/grants.ts';
import { permissions as guard } from '../functions/guard/permissions.ts';
import { permissions as intake } from '../functions/intake/permissions.ts';
import { permissions as inventory } from '../functions/inventory/permissions.ts';
import { permissions as report } from '../functions/report/permissions.ts';
import { permissions as runEnded } from '../functions/runEnded/permissions.ts';
import { permissions as sweep } from '../functions/sweep/permissions.ts';
import { permissions as verify } from '../functions/verify/permissions.ts';
import { permissions as wake } from '../functions/wake/permissions.ts';
import type { Action } from '../shared/actions/contract.ts';
import { readCalls, responderStatements } from './responderPolicy.ts';

/** Function key in serverless.yml -> what it may do. */
export const functionGrants: { readonly [name: string]: readonly Grant[] } = {
  imageScan: intake({ queue: 'ImageScanQueue', deadLetters: 'ImageScanDeadLetters' }),
  threatFinding: intake({ queue: 'ThreatFindingQueue', deadLetters: 'ThreatFindingDeadLetters' }),
  configChange: intake({ queue: 'ConfigChangeQueue', deadLetters: 'ConfigChangeDeadLetters' }),
  imageActivity: intake({ queue: 'ImageActivityQueue', deadLetters: 'ImageActivityDeadLetters' }),
  hubFinding: intake({ queue: 'HubFindingQueue', deadLetters: 'HubFindingDeadLetters' }),
  runningImage: intake({ queue: 'RunningImageQueue', deadLetters: 'RunningImageDeadLetters' }),
  decide,
  act,
  verify,
  report,
  sweep,
  runEnded,
  guard,
  wake,
  channel,
  console: web,
  inventory,
};

/** Those that take the responder role. */
const responders = ['decide', 'act', 'verify'];

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const assumedBy = (principal: unknown): unknown => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
});

const logs = (name: string): unknown => ({
  Sid: 'Logs',
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: {
    'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/firebreak-\${sls:stage}-${name}:*`,
  },
});

const policy = (name: string, statements: readonly unknown[]): unknown => ({
  PolicyName: name,
  PolicyDocument: { Version: '2012-10-17', Statement: statements },
});

function functionRole(name: string, grants: readonly Grant[]): unknown {
  const statements = grants.map(({ Sid, Action, Resource }) => ({ Sid, Effect: 'Allow', Action, Resource }));
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: assumedBy({ Service: 'lambda.amazonaws.com' }),
      Policies: [policy(name, [...statements, logs(name)])],
    },
  };
}

/**
 * Whatever an action is allowed, none may change Firebreak itself, break-glass roles and users or AWS's service-linked roles. The reads
 * that actions declare are left out: a function or rule of somebody else may be named `firebreak-…` too, and unless it can be
 * read, nothing is known to be out of use.
 */
const neverOurselves = (reads: readonly string[]): unknown => ({
  Sid: 'NeverOurselves',
  Effect: 'Deny',
  NotAction: reads,
  Resource: [
    { 'Fn::GetAtt': ['IncidentTable', 'Arn'] },
    { 'Fn::Sub': '${IncidentTable.Arn}/index/*' },
    // The evidence, and what the next deployment is made from.
    { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::firebreak-*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:*:*:function:firebreak-*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:states:*:*:*:firebreak-*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:sns:*:*:firebreak-*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:*:*:firebreak-*' },
    // The keys of the channels, too.
    { 'Fn::Sub': 'arn:${AWS::Partition}:ssm:*:*:parameter/firebreak*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:events:*:*:rule/firebreak-*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:cloudwatch:*:*:alarm:firebreak-*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:logs:*:*:log-group:/aws/lambda/firebreak-*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:cloudformation:*:*:stack/firebreak-*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:role/firebreak-*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:role/*break-glass*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:role/aws-service-role/*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:user/*firebreak*' },
    { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:user/*break-glass*' },
    // Those of IAM Identity Center.
    { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:role/aws-reserved/*' },
  ],
});

function responderRole(catalogue: readonly Action[]): unknown {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: { 'Fn::Sub': 'firebreak-${sls:stage}-${AWS::Region}-responder' },
      Description: 'What the actions may do. Taken for one call at a time, with a session policy of that step.',
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: assumedBy({
        AWS: responders.map((name) => ({ 'Fn::GetAtt': [`${capital(name)}Role`, 'Arn'] })),
      }),
      Policies: [policy('actions', [...responderStatements(catalogue), neverOurselves(readCalls(catalogue))])],
    },
  };
}

/** The `Resources` of every role in the stack but the state machine's. */
export function roleResources(catalogue: readonly Action[]): unknown {
  const roles = Object.entries(functionGrants).map(([name, grants]) => [
    `${capital(name)}Role`,
    functionRole(name, grants),
  ]);
  return { Resources: { ...Object.fromEntries(roles), ResponderRole: responderRole(catalogue) } };
}
