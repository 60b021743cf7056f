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
    Action: ['ecs:ListClusters', 'lambda:ListFunctions'],
    Resource: '*',
    why: 'AWS has no narrower resource for these calls; they list, and change nothing',
  },
  {
    // AWS authorises ListTasks on the container instances of the cluster, on Fargate too.
    Sid: 'ListTasks',
    Action: ['ecs:ListTasks'],
    Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:container-instance/*' },
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
      'ecr:GetDownloadUrlForLayer',
    ],
    Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:ecr:*:*:repository/*' },
  },
  // Of whichever account the signing profile is, and the job is of whoever pushed.
  {
    Sid: 'AskWhatWasRevoked',
    Action: ['signer:GetRevocationStatus'],
    Resource: [
      { 'Fn::Sub': 'arn:${AWS::Partition}:signer:${AWS::Region}:*:/signing-profiles/*' },
      { 'Fn::Sub': 'arn:${AWS::Partition}:signer:${AWS::Region}:*:/signing-jobs/*' },
    ],
  },
];
