import type { DeleteParameterRequest } from '@aws-sdk/client-ssm';
import { operation } from '../../account.ts';
import { tellChange } from './changeEvent.ts';
import { onParameters } from './names.ts';
import { parameterByName, ssmState } from './state.ts';

export const deleteParameter = operation<DeleteParameterRequest, object>(
  (input, account) => onParameters(account, 'DeleteParameter', [input.Name ?? '']),
  (input, { account }) => {
    const parameter = parameterByName(account, input.Name ?? '');
    ssmState(account).parameters.delete(parameter.name);
    tellChange(account, parameter, 'Delete');
    return {};
  },
);
