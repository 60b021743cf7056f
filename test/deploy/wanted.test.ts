import { describe, expect, it } from 'vitest';
import { differences, type PackagedTemplate, TARGET, type Thing, wantedBy } from './wanted.ts';

const template: PackagedTemplate = {
  Resources: {
    Work: { Type: 'AWS::SQS::Queue', Properties: {} },
    Kept: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain', Properties: {} },
    Page: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'firebreak-prod-page' } },
    Taken: {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: { 'Fn::Sub': 'firebreak-prod-${AWS::Region}-responder' } },
    },
    Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: { 'Fn::GetAtt': ['Work', 'Arn'] } }] } },
    Log: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: '/aws/lambda/firebreak-prod-act', RetentionInDays: 90 },
    },
  },
};
const wanted = wantedBy(template, 'firebreak-prod', 'eu-west-1');
const made: readonly Thing[] = [
  { kind: 'AWS::SQS::Queue', text: 'firebreak-prod-Work-A1B2' },
  { kind: 'AWS::S3::Bucket', text: 'firebreak-prod-kept-a1b2' },
  { kind: 'AWS::SNS::Topic', text: 'firebreak-prod-page' },
  { kind: 'AWS::IAM::Role', text: 'firebreak-prod-eu-west-1-responder' },
  { kind: 'AWS::Events::Rule', text: 'firebreak-prod-Rule-C3D4' },
  { kind: TARGET, text: 'firebreak-prod-Rule-C3D4 to firebreak-prod-Work-A1B2' },
  { kind: 'AWS::Logs::LogGroup', text: '/aws/lambda/firebreak-prod-act 90 days' },
];

describe('what a deployment should have made', () => {
  it('is there, whatever CloudFormation has called it', () => {
    expect(differences(wanted, made)).toEqual([]);
    expect(wanted.filter(({ retained }) => retained).map(({ id }) => id)).toEqual(['Kept']);
  });

  it('is missed, one by one', () => {
    for (const thing of made) {
      const complaints = differences(
        wanted,
        made.filter((one) => one !== thing),
      );
      expect(complaints, thing.text).toEqual([expect.stringContaining(`: no ${thing.kind} is like `)]);
    }
  });

  it('is neither twice there, nor configured otherwise, nor beside anything else', () => {
    const second: Thing = { kind: 'AWS::SQS::Queue', text: 'firebreak-prod-Work-E5F6' };
    expect(differences(wanted, [...made, second])).toEqual([
      'nobody asked for this AWS::SQS::Queue: firebreak-prod-Work-E5F6',
    ]);
    const short = made.map((thing) =>
      thing.text.endsWith(' days') ? { ...thing, text: '/aws/lambda/firebreak-prod-act 1 days' } : thing,
    );
    expect(differences(wanted, short)).toHaveLength(2);
  });
});
