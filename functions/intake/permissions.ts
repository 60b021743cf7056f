import { type Grant, objects, readRuns, startRuns, table } from '../grants.ts';

/** The same for every source; the queues are those of the source. */
export const permissions = (source: { queue: string; deadLetters: string }): readonly Grant[] => [
  table('GetItem', 'PutItem', 'UpdateItem'),
  startRuns,
  readRuns,
  objects('Archive', 'events', 'PutObject'),
  {
    Sid: 'Queue',
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    Resource: { 'Fn::GetAtt': [source.queue, 'Arn'] },
  },
  { Sid: 'DeadLetters', Action: ['sqs:SendMessage'], Resource: { 'Fn::GetAtt': [source.deadLetters, 'Arn'] } },
];
