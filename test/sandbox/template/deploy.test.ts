import { describe, expect, it } from 'vitest';
import { deploy, type Template } from '../../../sandbox/template/deploy.ts';
import { TemplateError } from '../../../sandbox/template/intrinsics.ts';
import { fakeAccount } from '../fakeAccount.ts';

const options = { stack: 'dev', codeFolder: (key: string) => `/code/${key}` };

function stackOf(template: Template) {
  const fake = fakeAccount();
  return { ...fake, ...deploy(fake.account, template, options) };
}

/** What deploying says. */
function refusal(template: object): string {
  try {
    stackOf(template as Template);
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
  return 'deployed';
}

const one = (Type: string, Properties: object = {}) => ({ Resources: { One: { Type, Properties } } });

describe('deploying a template', () => {
  it('creates what it describes and gives the outputs', () => {
    const { resources, outputs } = stackOf({
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'a queue',
      Resources: { Queue: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', Properties: {} } },
      Outputs: {
        Url: { Value: { Ref: 'Queue' }, Export: { Name: 'x' } },
        Arn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
      },
    });
    const name = resources.get('Queue')?.attributes['QueueName'] ?? '';
    expect(name).toMatch(/^dev-Queue-[0-9a-f]{11}$/);
    expect(outputs).toEqual({
      Url: `http://127.0.0.1:4566/123456789012/${name}`,
      Arn: `arn:aws:sqs:eu-west-1:123456789012:${name}`,
    });
  });

  it('makes names that fit, and differ by their end', () => {
    const id = 'AnExtremelyLongLogicalIdOfARoleThatGoesOnForMoreThanSixtyFourCharacters';
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    };
    const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } };
    const { resources } = stackOf({ Resources: { [`${id}1`]: role, [`${id}2`]: role } });
    const names = [...resources.values()].map(({ ref }) => ref);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^dev-AnExtremely.*-[0-9a-f]{11}$/);
    for (const name of names) expect(name.length).toBe(64);
  });

  it.each([
    [
      'an unknown type of resource',
      one('AWS::EC2::Instance'),
      'template: One.Type: the sandbox does not know resources of type AWS::EC2::Instance',
    ],
    [
      "a type that is an object's own member",
      one('constructor'),
      'template: One.Type: the sandbox does not know resources of type constructor',
    ],
    [
      'an unknown property',
      one('AWS::SQS::Queue', { FifoQueue: true }),
      'template: One.Properties.FifoQueue: the sandbox does not know this of AWS::SQS::Queue',
    ],
    [
      'a typo in a property',
      one('AWS::SQS::Queue', { VisibilityTimeOut: 30 }),
      'template: One.Properties.VisibilityTimeOut: the sandbox does not know this of AWS::SQS::Queue; did you mean "VisibilityTimeout"?',
    ],
    [
      'an unknown property further in',
      one('AWS::Events::Rule', {
        ScheduleExpression: 'rate(1 minute)',
        Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:eu-west-1:123456789012:q', EcsParameters: {} }],
      }),
      'template: One.Properties.Targets[0].EcsParameters: the sandbox does not know this of AWS::Events::Rule',
    ],
    [
      'a URL that asks for signatures',
      one('AWS::Lambda::Url', { TargetFunctionArn: 'fn', AuthType: 'AWS_IAM' }),
      expect.stringMatching(/^template: One\.Properties\.AuthType: /),
    ],
    [
      'a URL that streams',
      one('AWS::Lambda::Url', { TargetFunctionArn: 'fn', AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM' }),
      expect.stringMatching(/^template: One\.Properties\.InvokeMode: /),
    ],
    [
      'a URL that answers other origins',
      one('AWS::Lambda::Url', { TargetFunctionArn: 'fn', AuthType: 'NONE', Cors: {} }),
      'template: One.Properties.Cors: the sandbox does not know this of AWS::Lambda::Url',
    ],
    [
      'a permission for everybody',
      one('AWS::Lambda::Permission', { FunctionName: 'fn', Action: 'lambda:InvokeFunction', Principal: '*' }),
      'template: One: InvalidParameterValueException: the sandbox lets everybody in through a function URL only',
    ],
    [
      'a permission for a service, whatever it acts for',
      one('AWS::Lambda::Permission', {
        FunctionName: 'fn',
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
      }),
      'template: One: InvalidParameterValueException: the sandbox lets sns.amazonaws.com in for a SourceArn only',
    ],
    [
      'a permission for a URL of no type',
      one('AWS::Lambda::Permission', { FunctionName: 'fn', Action: 'lambda:InvokeFunctionUrl', Principal: '*' }),
      expect.stringMatching(/requires FunctionUrlAuthType$/),
    ],
    [
      'the type of a URL for an invocation',
      one('AWS::Lambda::Permission', {
        FunctionName: 'fn',
        Action: 'lambda:InvokeFunction',
        Principal: '*',
        FunctionUrlAuthType: 'NONE',
      }),
      expect.stringMatching(/only supported for lambda:InvokeFunctionUrl action$/),
    ],
    [
      'the way of an invocation for a URL',
      one('AWS::Lambda::Permission', {
        FunctionName: 'fn',
        Action: 'lambda:InvokeFunctionUrl',
        Principal: '*',
        FunctionUrlAuthType: 'NONE',
        InvokedViaFunctionUrl: true,
      }),
      expect.stringMatching(/only supported for lambda:InvokeFunction action$/),
    ],
    ['a missing property', one('AWS::SNS::Topic'), 'template: One.Properties.TopicName: is missing'],
    [
      'a property of the wrong kind',
      one('AWS::SQS::Queue', { VisibilityTimeout: '30' }),
      'template: One.Properties.VisibilityTimeout: must be a number, and is a text',
    ],
    [
      'an unknown intrinsic function',
      one('AWS::SNS::Topic', { TopicName: { 'Fn::ImportValue': 'x' } }),
      'template: One.Properties.TopicName: Fn::ImportValue is not known to the sandbox in this form',
    ],
    [
      'a section that would be passed over',
      { Parameters: { Stage: { Type: 'String' } }, Resources: {} },
      'template: Parameters: is not known to the sandbox',
    ],
    [
      'a resource that exists on a condition',
      { Resources: { One: { Type: 'AWS::SQS::Queue', Condition: 'IsProd' } } },
      'template: Resources.One.Condition: is not known to the sandbox',
    ],
    ['no resources', {}, 'template: Resources: is missing'],
    [
      'an output of what is not there',
      { Resources: {}, Outputs: { Url: { Value: { Ref: 'Queue' } } } },
      'template: Outputs.Url.Value: refers to Queue, which the template does not have',
    ],
    [
      'what a service refuses',
      one('AWS::SNS::Topic', { TopicName: 'a topic' }),
      expect.stringMatching(/^template: One: InvalidParameter: /),
    ],
    [
      'a policy that IAM here cannot evaluate',
      one('AWS::IAM::Role', {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } },
            },
          ],
        },
      }),
      expect.stringContaining('template: One: MalformedPolicyDocument: '),
    ],
  ])('refuses %s, with the path', (_what, template, message) => {
    expect(refusal(template)).toEqual(message);
  });
});
