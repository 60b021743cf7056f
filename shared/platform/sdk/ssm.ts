export {
  DeleteParameterCommand,
  DescribeInstanceInformationCommand,
  DescribeInstancePatchStatesCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  LabelParameterVersionCommand,
  ListCommandsCommand,
  PutParameterCommand,
  SendCommandCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
