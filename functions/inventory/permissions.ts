import { type Grant, objects, table } from '../grants.ts';

export const permissions: readonly Grant[] = [
  table('GetItem', 'PutItem', 'UpdateItem'),
  objects('RuleSets', 'bodies', 'GetObject'),
  {
    Sid: 'PutEvents',
    Action: ['events:PutEvents'],
    Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default' },
  },
  {
    Sid: 'ListWhatRuns',
    Action: ['ecs:ListClusters', 'ecs:ListTasks', 'lambda:ListFunctions'],
    Resource: '*',
    why: 'ListClusters and ListFunctions have no resource, and ListTasks that of the host: they list, and read nothing',
  },
  {
    Sid: 'ReadWhatRuns',
    Action: ['ecs:DescribeTasks'],
    Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task/*' },
  },
  {
    Sid: 'ReadFunctions',
    Action: ['lambda:GetFunction'],
    Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*' },
  },
  // What runs here may come from the registry of another account or Region: whether it may be read, its repository says.
  {
    Sid: 'ReadImages',
    Action: [
      'ecr:BatchGetImage',
      'ecr:DescribeImages',
      'ecr:DescribeImageScanFindings',
      'ecr:DescribeImageSigningStatus',
    ],
    Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:ecr:*:*:repository/*' },
  },
];
