export {
  DeleteParameterCommand,
  DescribeInstanceInformationCommand,
  DescribeInstancePatchStatesCommand,
  GetParametersByPathCommand,
  LabelParameterVersionCommand,
  ListCommandsCommand,
  PutParameterCommand,
  SendCommandCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
