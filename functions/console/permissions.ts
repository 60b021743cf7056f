import { type Grant, headsByState, objects, readRuns, startRuns, table } from '../grants.ts';

export const permissions: readonly Grant[] = [
  table('GetItem', 'PutItem', 'UpdateItem', 'Query'),
  headsByState,
  // Plans and rule sets: what it shows, and who may sign in. No evidence.
  objects('Bodies', 'bodies', 'GetObject'),
  startRuns,
  readRuns,
  {
    Sid: 'SignInSecret',
    Action: ['ssm:GetParameter'],
    Resource: {
      'Fn::Sub':
        'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/firebreak-keys/${sls:stage}/sign-in',
    },
  },
];
