import { expect, it } from 'vitest';
import { authorise } from '../../../sandbox/iam/authorise.ts';
import { deploy, type Template } from '../../../sandbox/template/deploy.ts';
import { fakeAccount } from '../fakeAccount.ts';

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const permission = (Properties: object) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { FunctionName: arn('Function'), Principal: '*', ...Properties },
});

const Resources: Template['Resources'] = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] } },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'code', S3Key: 'path/console.zip' },
      Handler: 'handler.handler',
      Runtime: 'nodejs24.x',
      FunctionName: 'fn',
      MemorySize: 512,
      Timeout: 60,
      Role: arn('Role'),
    },
  },
  Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arn('Function'), AuthType: 'NONE' } },
  UrlPermission: permission({ Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }),
  InvokePermission: permission({ Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }),
};

it('a template makes a URL of a function, which lets anybody in through it and nowhere else', () => {
  const { account } = fakeAccount();
  const { resources, outputs } = deploy(
    account,
    { Resources, Outputs: { Console: { Value: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] } } } },
    { stack: 'dev', codeFolder: (key) => `/code/${key}` },
  );
  const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:fn';
  expect(resources.get('Url')).toMatchObject({ ref: functionArn, attributes: { FunctionArn: functionArn } });
  expect(outputs['Console']).toMatch(/^http:\/\/[0-9a-f]{32}\.lambda-url\.localhost:4566\/$/);
  const asked =
    (action: string, context: Readonly<Record<string, string>> = {}) =>
    () =>
      authorise(account, { kind: 'anonymous', arn: 'anonymous' }, [{ action, resource: functionArn, context }]);
  expect(asked('lambda:InvokeFunctionUrl', { 'lambda:FunctionUrlAuthType': 'NONE' })).not.toThrow();
  expect(asked('lambda:InvokeFunctionUrl')).toThrow('not authorized');
  expect(asked('lambda:InvokeFunction', { 'lambda:InvokedViaFunctionUrl': 'true' })).not.toThrow();
  expect(asked('lambda:InvokeFunction')).toThrow('not authorized');
});
