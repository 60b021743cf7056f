import { type Grant, objects, table } from '../grants.ts';

export const permissions: readonly Grant[] = [
  table('GetItem', 'PutItem', 'UpdateItem'),
  objects('RuleSets', 'bodies', 'GetObject', 'PutObject'),
  { Sid: 'TellOwner', Action: ['sns:Publish'], Resource: { Ref: 'NoticeTopic' } },
  {
    Sid: 'ReadParameters',
    Action: ['ssm:GetParametersByPath'],
    Resource: {
      'Fn::Sub': 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/firebreak/${sls:stage}',
    },
  },
  {
    Sid: 'WriteStatus',
    Action: ['ssm:PutParameter'],
    Resource: {
      'Fn::Sub': 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/firebreak/${sls:stage}/status',
    },
  },
];
