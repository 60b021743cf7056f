import { type Grant, messages } from '../grants.ts';

const parameter = (path: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/${path}`,
});
const [channels, status] = [
  parameter('firebreak/${sls:stage}/channels'),
  parameter('firebreak/${sls:stage}/channels-status'),
];
const queue = { 'Fn::GetAtt': ['ChannelQueue', 'Arn'] };

export const permissions: readonly Grant[] = [
  {
    Sid: 'Queue',
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    Resource: queue,
  },
  // An order for each channel; after a failure it comes again later.
  { Sid: 'Orders', Action: ['sqs:SendMessage', 'sqs:ChangeMessageVisibility'], Resource: queue },
  // The keys are SecureStrings under AWS's own key of Parameter Store, which lets in whoever may read the parameter. They lie beside the
  // stage's path, and not below it: the guard reads all that is there.
  {
    Sid: 'ReadChannels',
    Action: ['ssm:GetParameter'],
    Resource: [channels, status, parameter('firebreak-keys/${sls:stage}/*')],
  },
  { Sid: 'WriteStatus', Action: ['ssm:PutParameter'], Resource: status },
  { Sid: 'Chat', Action: ['sns:Publish'], Resource: { Ref: 'ChatTopic' } },
  // A channel that is dead is told through the others: of a page as a page, of anything else as a notice.
  { ...messages, Resource: [{ Ref: 'PageTopic' }, { Ref: 'NoticeTopic' }] },
];
