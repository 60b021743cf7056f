import { describe, expect, it } from 'vitest';
import { deploy } from '../../../sandbox/template/deploy.ts';
import { fakeAccount } from '../fakeAccount.ts';

const template = (trusted: string) => ({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: trusted }, Action: 'sts:AssumeRole' }],
        },
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'machine',
        StateMachineType: 'STANDARD',
        RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Definition: { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } },
      },
    },
  },
});

const deployed = (trusted: string) => () =>
  deploy(fakeAccount().account, template(trusted), { stack: 'dev', codeFolder: (key) => key });

describe('the role of a state machine', () => {
  it('trusts Step Functions', () => {
    expect(deployed('states.amazonaws.com')).not.toThrow();
  });

  it('or the machine is refused, in the words of AWS', () => {
    expect(deployed('lambda.amazonaws.com')).toThrow(
      /^template: Machine: AccessDeniedException: Neither the global service principal states.amazonaws.com/,
    );
  });
});
