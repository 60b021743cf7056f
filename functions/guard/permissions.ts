import { type Grant, objects, table } from '../grants.ts';

const below = (path: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/firebreak/\${sls:stage}${path}`,
});
const sources = [below('/rules/*'), below('/exemptions/*'), below('/settings')];

export const permissions: readonly Grant[] = [
  table('GetItem', 'PutItem', 'UpdateItem'),
  objects('RuleSets', 'bodies', 'GetObject', 'PutObject'),
  { Sid: 'TellOwner', Action: ['sns:Publish'], Resource: { Ref: 'NoticeTopic' } },
  { Sid: 'ReadParameters', Action: ['ssm:GetParametersByPath'], Resource: below('') },
  { Sid: 'WriteStatus', Action: ['ssm:PutParameter'], Resource: below('/status') },
  // Right before each of them is written: what a person wrote meanwhile stands.
  { Sid: 'ReadBeforeWriting', Action: ['ssm:GetParameter'], Resource: sources },
  // The shipped pack is put where nobody has rules, and what was there is put back when an earlier set is.
  {
    Sid: 'WriteRules',
    Action: ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:LabelParameterVersion'],
    Resource: sources,
  },
  {
    Sid: 'Queues',
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    Resource: [{ 'Fn::GetAtt': ['RuleEditQueue', 'Arn'] }, { 'Fn::GetAtt': ['GuardAgainQueue', 'Arn'] }],
  },
];
