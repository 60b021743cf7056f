export {
  DescribeInstanceInformationCommand,
  DescribeInstancePatchStatesCommand,
  GetParametersByPathCommand,
  ListCommandsCommand,
  PutParameterCommand,
  SendCommandCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
