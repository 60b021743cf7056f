import type { Service } from '../../account.ts';
import { deleteParameter } from './deleteParameter.ts';
import { getParameter } from './getParameter.ts';
import { getParameters } from './getParameters.ts';
import { getParametersByPath } from './getParametersByPath.ts';
import { labelParameterVersion } from './labelParameterVersion.ts';
import { putParameter } from './putParameter.ts';

/** Parameter Store: hierarchy, versions, labels, change events; no SecureString, no policies. */
export const ssmService: Service = {
  name: 'ssm',
  protocol: 'json-1.1',
  target: 'AmazonSSM',
  operations: {
    DeleteParameter: deleteParameter,
    GetParameter: getParameter,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    LabelParameterVersion: labelParameterVersion,
    PutParameter: putParameter,
  },
};
